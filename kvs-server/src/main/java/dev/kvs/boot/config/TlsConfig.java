package dev.kvs.boot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * With what the listener speaks TLS, and what members show each other. One port serves clients and nodes, so there is one
 * certificate; the {@code cluster_tls_} keys are an older way to name it.
 *
 * @param certFile PEM, the certificate and what leads from it to its authority; absolute
 * @param keyFile PEM, the private key of the certificate; absolute
 * @param clientCaFile PEM, whose certificates members believe of each other; absolute, empty for a node that talks to none
 */
public record TlsConfig(Path certFile, Path keyFile, Optional<Path> clientCaFile) {
    static final ConfigKey<String> TLS_CERT_FILE = ConfigKey.of(
            "tls_cert_file",
            Topic.SECURITY,
            Forms.optionalPath(),
            "",
            "The node's certificate chain, PEM; with it the listener speaks TLS and nothing else.");
    static final ConfigKey<String> TLS_KEY_FILE = ConfigKey.of(
            "tls_key_file",
            Topic.SECURITY,
            Forms.optionalPath(),
            "",
            "The private key of that certificate, PEM, PKCS #8, without a password.");
    static final ConfigKey<String> TLS_CLIENT_CA_FILE = ConfigKey.of(
            "tls_client_ca_file",
            Topic.SECURITY,
            Forms.optionalPath(),
            "",
            "Whose certificates members believe of each other, PEM; nobody else's are.");
    static final ConfigKey<Boolean> CLUSTER_TLS_ENABLED = ConfigKey.of(
            "cluster_tls_enabled",
            Topic.SECURITY,
            new Flag(),
            false,
            "An older way to ask for TLS: with the certificate and key of the two keys below.");
    static final ConfigKey<String> CLUSTER_TLS_CERT_FILE = ConfigKey.of(
            "cluster_tls_cert_file",
            Topic.SECURITY,
            Forms.optionalPath(),
            "",
            "With cluster_tls_enabled, another name for tls_cert_file.");
    static final ConfigKey<String> CLUSTER_TLS_KEY_FILE = ConfigKey.of(
            "cluster_tls_key_file",
            Topic.SECURITY,
            Forms.optionalPath(),
            "",
            "With cluster_tls_enabled, another name for tls_key_file.");

    static final List<ConfigKey<?>> KEYS = List.of(
            TLS_CERT_FILE,
            TLS_KEY_FILE,
            TLS_CLIENT_CA_FILE,
            CLUSTER_TLS_ENABLED,
            CLUSTER_TLS_CERT_FILE,
            CLUSTER_TLS_KEY_FILE);

    /** What must hold between them. A method, because rules are initialised after keys. */
    static List<CrossCheck> checks() {
        return List.of(
                new CrossCheck(
                        TLS_CERT_FILE,
                        TLS_KEY_FILE,
                        s -> !isGiven(s, TLS_CERT_FILE) || isGiven(s, TLS_KEY_FILE),
                        "is given without tls_key_file",
                        "name both PEM files, or none for plain HTTP"),
                new CrossCheck(
                        TLS_KEY_FILE,
                        TLS_CERT_FILE,
                        s -> !isGiven(s, TLS_KEY_FILE) || isGiven(s, TLS_CERT_FILE),
                        "is given without tls_cert_file",
                        "name both PEM files, or none for plain HTTP"),
                new CrossCheck(
                        TLS_CLIENT_CA_FILE,
                        TLS_CERT_FILE,
                        s -> !isGiven(s, TLS_CLIENT_CA_FILE) || isSpoken(s),
                        "is given without tls_cert_file",
                        "name the node's own certificate and key too: members show theirs to each other"),
                new CrossCheck(
                        TLS_CLIENT_CA_FILE,
                        ClusterConfig.CLUSTERING_ENABLED,
                        s -> isGiven(s, TLS_CLIENT_CA_FILE) || !isSpoken(s) || !s.get(ClusterConfig.CLUSTERING_ENABLED),
                        "is empty while the node has a certificate and talks to other nodes",
                        "name the PEM file of the authority that signs the members' certificates, or set"
                                + " clustering_enabled to false"),
                needed(CLUSTER_TLS_CERT_FILE, TLS_CERT_FILE),
                needed(CLUSTER_TLS_KEY_FILE, TLS_KEY_FILE),
                same(CLUSTER_TLS_CERT_FILE, TLS_CERT_FILE),
                same(CLUSTER_TLS_KEY_FILE, TLS_KEY_FILE));
    }

    /** The files in effect; empty for plain HTTP. */
    static Optional<TlsConfig> from(Settings settings) {
        return isSpoken(settings)
                ? Optional.of(new TlsConfig(
                        settings.pathOf(chosen(settings, TLS_CERT_FILE, CLUSTER_TLS_CERT_FILE)),
                        settings.pathOf(chosen(settings, TLS_KEY_FILE, CLUSTER_TLS_KEY_FILE)),
                        isGiven(settings, TLS_CLIENT_CA_FILE)
                                ? Optional.of(settings.pathOf(TLS_CLIENT_CA_FILE))
                                : Optional.empty()))
                : Optional.empty();
    }

    private static ConfigKey<String> chosen(Settings settings, ConfigKey<String> key, ConfigKey<String> older) {
        return isGiven(settings, key) ? key : older;
    }

    private static boolean isGiven(Settings settings, ConfigKey<String> file) {
        return !settings.get(file).isEmpty();
    }

    private static boolean isSpoken(Settings settings) {
        return isGiven(settings, TLS_CERT_FILE) || settings.get(CLUSTER_TLS_ENABLED);
    }

    private static CrossCheck needed(ConfigKey<String> older, ConfigKey<String> key) {
        return new CrossCheck(
                older,
                CLUSTER_TLS_ENABLED,
                s -> !s.get(CLUSTER_TLS_ENABLED) || isGiven(s, older) || isGiven(s, key),
                "is empty while cluster_tls_enabled is true",
                "name the PEM file there or in " + key.name() + ", or set cluster_tls_enabled to false");
    }

    private static CrossCheck same(ConfigKey<String> older, ConfigKey<String> key) {
        return new CrossCheck(
                older,
                key,
                s -> !s.get(CLUSTER_TLS_ENABLED)
                        || !isGiven(s, older)
                        || !isGiven(s, key)
                        || s.get(older).equals(s.get(key)),
                "is another file than " + key.name() + " while cluster_tls_enabled is true",
                "remove one of them: one port serves clients and members, with one certificate");
    }
}
