package dev.kvs.boot.config;

import java.time.Duration;
import java.util.List;

/**
 * Who may do what. Accepted and checked; this version lets everyone in who can reach the listener.
 *
 * @param authEnabled whether requests need a token
 * @param allowAnonymousRead whether reads need none
 * @param allowAnonymousWrite whether writes need none; deletes always do
 * @param rateLimitingEnabled whether requests are counted per caller
 * @param rateLimitRequests requests per window
 * @param rateLimitWindow the window
 * @param tamperLoggingEnabled whether changes are chained into the audit log
 * @param auditMaxBytes length of the audit log from which on the oldest is dropped
 * @param clusterSecret what members prove to each other; empty to have one generated
 * @param clusterTlsEnabled whether members talk over TLS
 * @param clusterTlsCertFile PEM certificate chain, empty for none
 * @param clusterTlsKeyFile PEM private key, empty for none
 */
public record SecurityConfig(
        boolean authEnabled,
        boolean allowAnonymousRead,
        boolean allowAnonymousWrite,
        boolean rateLimitingEnabled,
        int rateLimitRequests,
        Duration rateLimitWindow,
        boolean tamperLoggingEnabled,
        long auditMaxBytes,
        String clusterSecret,
        boolean clusterTlsEnabled,
        String clusterTlsCertFile,
        String clusterTlsKeyFile) {
    /** 256 bits in hexadecimal digits. */
    private static final int MIN_SECRET = 64;

    static final ConfigKey<Boolean> AUTH_ENABLED = ConfigKey.of(
                    "auth_enabled", Topic.SECURITY, new Flag(), true, "Every request needs a token.")
            .notYetActive();
    static final ConfigKey<Boolean> ALLOW_ANONYMOUS_READ = ConfigKey.of(
                    "allow_anonymous_read", Topic.SECURITY, new Flag(), false, "Reads need no token.")
            .notYetActive();
    static final ConfigKey<Boolean> ALLOW_ANONYMOUS_WRITE = ConfigKey.of(
                    "allow_anonymous_write",
                    Topic.SECURITY,
                    new Flag(),
                    false,
                    "Writes need no token; deletes always do.")
            .notYetActive();
    static final ConfigKey<Boolean> RATE_LIMITING_ENABLED = ConfigKey.of(
                    "rate_limiting_enabled", Topic.SECURITY, new Flag(), true, "Count the requests of each caller.")
            .notYetActive();
    static final ConfigKey<Long> RATE_LIMIT_REQUESTS = ConfigKey.of(
                    "rate_limit_requests",
                    Topic.SECURITY,
                    new WholeNumber(1, 1_000_000, "requests"),
                    100L,
                    "Requests a caller may make in one window; more get 429.")
            .notYetActive();
    static final ConfigKey<Duration> RATE_LIMIT_WINDOW = ConfigKey.of(
                    "rate_limit_window",
                    Topic.SECURITY,
                    new Span(Duration.ofSeconds(1), Duration.ofDays(1)),
                    Duration.ofMinutes(1),
                    "The window in which a caller's requests are counted.")
            .notYetActive();
    static final ConfigKey<Boolean> TAMPER_LOGGING_ENABLED = ConfigKey.of(
            "tamper_logging_enabled",
            Topic.SECURITY,
            new Flag(),
            true,
            "Chain every change into an audit log that shows when it was altered.");
    static final ConfigKey<Long> AUDIT_MAX_BYTES = ConfigKey.of(
            "audit_max_bytes",
            Topic.SECURITY,
            new WholeNumber(16L << 20, 64L << 30, "bytes"),
            1L << 30,
            "Length of the audit log from which on its oldest part is dropped; the default holds about ten million"
                    + " writes.");
    static final ConfigKey<String> CLUSTER_SECRET = ConfigKey.of(
                    "cluster_secret",
                    Topic.SECURITY,
                    new Text(
                            256,
                            "\"\" for none (on loopback only), or at least 64 hexadecimal digits",
                            SecurityConfig::isSecret),
                    "",
                    "What members prove to each other; the same on every member, 256 bits: openssl rand -hex 32.")
            .asSecret();
    static final ConfigKey<Boolean> CLUSTER_TLS_ENABLED = ConfigKey.of(
                    "cluster_tls_enabled", Topic.SECURITY, new Flag(), false, "Members talk to each other over TLS.")
            .notYetActive();
    static final ConfigKey<String> CLUSTER_TLS_CERT_FILE = ConfigKey.of(
                    "cluster_tls_cert_file",
                    Topic.SECURITY,
                    Forms.optionalPath(),
                    "",
                    "This node's certificate chain for the cluster, PEM.")
            .notYetActive();
    static final ConfigKey<String> CLUSTER_TLS_KEY_FILE = ConfigKey.of(
                    "cluster_tls_key_file",
                    Topic.SECURITY,
                    Forms.optionalPath(),
                    "",
                    "This node's private key for the cluster, PEM.")
            .notYetActive();

    static final List<ConfigKey<?>> KEYS = List.of(
            AUTH_ENABLED,
            ALLOW_ANONYMOUS_READ,
            ALLOW_ANONYMOUS_WRITE,
            RATE_LIMITING_ENABLED,
            RATE_LIMIT_REQUESTS,
            RATE_LIMIT_WINDOW,
            TAMPER_LOGGING_ENABLED,
            AUDIT_MAX_BYTES,
            CLUSTER_SECRET,
            CLUSTER_TLS_ENABLED,
            CLUSTER_TLS_CERT_FILE,
            CLUSTER_TLS_KEY_FILE);

    static SecurityConfig from(Settings settings) {
        return new SecurityConfig(
                settings.get(AUTH_ENABLED),
                settings.get(ALLOW_ANONYMOUS_READ),
                settings.get(ALLOW_ANONYMOUS_WRITE),
                settings.get(RATE_LIMITING_ENABLED),
                settings.intOf(RATE_LIMIT_REQUESTS),
                settings.get(RATE_LIMIT_WINDOW),
                settings.get(TAMPER_LOGGING_ENABLED),
                settings.get(AUDIT_MAX_BYTES),
                settings.get(CLUSTER_SECRET),
                settings.get(CLUSTER_TLS_ENABLED),
                settings.get(CLUSTER_TLS_CERT_FILE),
                settings.get(CLUSTER_TLS_KEY_FILE));
    }

    /** Shows no secret: records print their components, and configurations end up in logs. */
    @Override
    public String toString() {
        return "SecurityConfig[authEnabled=" + authEnabled + ", ...]";
    }

    private static boolean isSecret(String text) {
        return text.isEmpty()
                || (text.length() >= MIN_SECRET && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128));
    }
}
