package dev.kvs.boot;

import dev.kvs.boot.config.ConfigProblem;
import dev.kvs.boot.config.InvalidConfigException;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.boot.config.TlsConfig;
import dev.kvs.http.DoorTls;
import dev.kvs.http.Meters;
import dev.kvs.platform.Time;
import dev.kvs.tls.Authorities;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node shows and whom it believes: its certificate and key, and the authority of the members' certificates. Believes
 * nobody else, whatever the JDK or the system would.
 *
 * @param context for both directions: what calls this node, and what this node calls
 * @param own what it shows, the first of the chain
 * @param members believes their certificates; empty when there is no authority that they are held against
 */
record NodeTls(SSLContext context, X509Certificate own, Optional<X509TrustManager> members) {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTls.class);

    /** Time enough to get another certificate without haste. */
    private static final Duration REMINDER = Duration.ofDays(30);

    private static final char[] NO_PASSWORD = {};

    /** What is signed to see whether a key and a certificate belong together. */
    private static final byte[] SAMPLE = {'k', 'v', 's'};

    /** The kind of key exchange is not known before there is one; the JDK's word for that. */
    private static final String ANY_EXCHANGE = "UNKNOWN";

    /**
     * Reads the files and holds them against each other, before anything listens.
     *
     * @return empty when the configuration names no certificate
     * @throws StartException when a file cannot be read or used, with all that is wrong: the setting, the file and what to do
     */
    static Optional<NodeTls> of(NodeConfig config, Time time) throws StartException {
        try {
            return config.tls().isPresent() ? Optional.of(read(config.tls().get(), time)) : Optional.empty();
        } catch (InvalidConfigException e) {
            throw new StartException(ExitCode.CONFIG, String.valueOf(e.getMessage()));
        }
    }

    private static NodeTls read(TlsConfig config, Time time) throws InvalidConfigException {
        PemFile certFile = new PemFile("tls_cert_file", config.certFile());
        PemFile keyFile = new PemFile("tls_key_file", config.keyFile());
        Problems problems = new Problems();
        Optional<List<X509Certificate>> shown = problems.of(certFile::certificates);
        Optional<PrivateKey> key = problems.of(keyFile::privateKey);
        Optional<List<X509Certificate>> believed = Optional.empty();
        if (config.clientCaFile().isPresent()) {
            believed = problems.of(
                    new PemFile("tls_client_ca_file", config.clientCaFile().get())::certificates);
        }
        problems.throwIfAny();
        List<X509Certificate> chain = shown.orElseThrow();
        checkDates(certFile, chain, time);
        checkPair(keyFile, key.orElseThrow(), certFile, chain.getFirst());
        Optional<X509TrustManager> members = believed.map(NodeTls::authority);
        if (members.isPresent()) {
            checkMember(certFile, members.get(), chain);
        }
        TrustManager[] trust = members.stream().toArray(TrustManager[]::new);
        return new NodeTls(context(certFile, chain, key.orElseThrow(), trust), chain.getFirst(), members);
    }

    /** All that is wrong with the files, each by itself. */
    private static final class Problems {
        private final List<ConfigProblem> found = new ArrayList<>();

        /** Reads a file. */
        @FunctionalInterface
        interface Reading<T> {
            T read() throws InvalidConfigException;
        }

        <T> Optional<T> of(Reading<T> reading) {
            try {
                return Optional.of(reading.read());
            } catch (InvalidConfigException e) {
                found.addAll(e.problems());
                return Optional.empty();
            }
        }

        void throwIfAny() throws InvalidConfigException {
            if (!found.isEmpty()) {
                throw new InvalidConfigException(found);
            }
        }
    }

    private static void checkDates(PemFile file, List<X509Certificate> chain, Time time) throws InvalidConfigException {
        Instant now = Instant.ofEpochMilli(time.epochMillis());
        for (X509Certificate certificate : chain) {
            String subject = "the certificate of " + certificate.getSubjectX500Principal();
            Instant end = certificate.getNotAfter().toInstant();
            Instant begin = certificate.getNotBefore().toInstant();
            if (now.isAfter(end)) {
                throw file.refused(subject + " expired at " + end, "get a new one; nobody would believe this");
            }
            if (now.isBefore(begin)) {
                throw file.refused(
                        subject + " is valid only from " + begin + " on",
                        "set this machine's clock right (NTP), or get another one");
            }
        }
    }

    private static void checkPair(PemFile keyFile, PrivateKey key, PemFile certFile, X509Certificate own)
            throws InvalidConfigException {
        if (!belongTogether(key, own)) {
            throw keyFile.refused(
                    "it is not the key of the first certificate in " + certFile.file() + ", "
                            + own.getSubjectX500Principal(),
                    "name the key that the certificate was made for; in tls_cert_file the node's own certificate comes"
                            + " first");
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate own) {
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(SAMPLE);
            byte[] signature = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(own.getPublicKey());
            checking.update(SAMPLE);
            return checking.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static X509TrustManager authority(List<X509Certificate> certificates) {
        try {
            return Authorities.trusting(certificates);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform can hold certificates", e);
        }
    }

    /** What other members will do, done here first: the message is clearer, and comes before anything listens. */
    private static void checkMember(PemFile file, X509TrustManager authority, List<X509Certificate> chain)
            throws InvalidConfigException {
        X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
        try {
            authority.checkServerTrusted(shown, ANY_EXCHANGE);
            authority.checkClientTrusted(shown, ANY_EXCHANGE);
        } catch (CertificateException e) {
            throw file.refused(
                    "other members would refuse it, because no authority in tls_client_ca_file signed it for serverAuth"
                            + " and clientAuth: " + e.getMessage(),
                    "have it signed by that authority for both, with what lies between the two in the same file");
        }
    }

    private static SSLContext context(
            PemFile file, List<X509Certificate> chain, PrivateKey key, TrustManager[] believed)
            throws InvalidConfigException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("node", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), believed, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw file.refused(
                    "the certificates cannot be used: " + e.getMessage(),
                    "put them in order, the node's own first, each signed by the next");
        }
    }

    /** With what the listener speaks TLS. */
    DoorTls door() {
        return new DoorTls(context, members.isPresent());
    }

    /** For a caller inside the node: believes its own certificate and no other, for whatever name it was called by. */
    SSLContext believingItself() {
        return believing(new SameCertificate(own));
    }

    /** For a caller inside the node that asks other members for somebody: shows nothing of the node's. */
    SSLContext believingMembers() {
        return members.map(NodeTls::believing).orElseGet(this::believingItself);
    }

    private static SSLContext believing(TrustManager believed) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {believed}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform knows TLS", e);
        }
    }

    /** Shows how long the certificate lasts, and warns when that is not long. */
    void publish(Meters meters, Time time) {
        meters.gauge(
                "kvs_tls_certificate_seconds_left",
                "Seconds until the node's certificate expires; negative afterwards.",
                () -> own.getNotAfter().toInstant().getEpochSecond() - time.epochMillis() / 1000.0);
        Instant expiry = own.getNotAfter().toInstant();
        if (expiry.toEpochMilli() - time.epochMillis() < REMINDER.toMillis()) {
            LOG.warn("The certificate in tls_cert_file expires at {}.", expiry);
        }
    }
}
