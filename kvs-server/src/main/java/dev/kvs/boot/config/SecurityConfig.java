package dev.kvs.boot.config;

import dev.kvs.model.Acl;
import dev.kvs.wire.Permissions;
import java.time.Duration;
import java.util.List;

/**
 * Who may do what.
 *
 * @param authEnabled whether requests need a token
 * @param allowAnonymousRead whether reads need none
 * @param allowAnonymousWrite whether writes need none; deletes always do
 * @param rateLimitingEnabled whether requests are counted per caller
 * @param rateLimitRequests requests per window of an address without a good token
 * @param rateLimitWindow the window
 * @param rateLimitUserRequests requests per second of a user
 * @param defaultPermissions 12 bits of new values
 * @param tokenTtl usual life of a token
 * @param tamperLoggingEnabled whether changes are chained into the audit log
 * @param auditMaxBytes length of the audit log from which on the oldest is dropped
 * @param clusterSecret what members prove to each other; empty to have one generated
 * @param clusterSecretPrevious the secret before a rotation, empty for none
 */
public record SecurityConfig(
        boolean authEnabled,
        boolean allowAnonymousRead,
        boolean allowAnonymousWrite,
        boolean rateLimitingEnabled,
        int rateLimitRequests,
        Duration rateLimitWindow,
        int rateLimitUserRequests,
        int defaultPermissions,
        Duration tokenTtl,
        boolean tamperLoggingEnabled,
        long auditMaxBytes,
        String clusterSecret,
        String clusterSecretPrevious) {
    /** 256 bits in hexadecimal digits. */
    private static final int MIN_SECRET = 64;

    static final ConfigKey<Boolean> AUTH_ENABLED =
            ConfigKey.of("auth_enabled", Topic.SECURITY, new Flag(), true, "Every request needs a token.");
    static final ConfigKey<Boolean> ALLOW_ANONYMOUS_READ =
            ConfigKey.of("allow_anonymous_read", Topic.SECURITY, new Flag(), false, "Reads need no token.");
    static final ConfigKey<Boolean> ALLOW_ANONYMOUS_WRITE = ConfigKey.of(
            "allow_anonymous_write", Topic.SECURITY, new Flag(), false, "Writes need no token; deletes always do.");
    static final ConfigKey<Boolean> RATE_LIMITING_ENABLED = ConfigKey.of(
            "rate_limiting_enabled", Topic.SECURITY, new Flag(), true, "Count the requests of each caller.");
    static final ConfigKey<Long> RATE_LIMIT_REQUESTS = ConfigKey.of(
            "rate_limit_requests",
            Topic.SECURITY,
            new WholeNumber(1, 1_000_000, "requests"),
            100L,
            "Requests that an address without a token, or with a bad one, may make in one window; more get 429.");
    static final ConfigKey<Duration> RATE_LIMIT_WINDOW = ConfigKey.of(
            "rate_limit_window",
            Topic.SECURITY,
            new Span(Duration.ofSeconds(1), Duration.ofDays(1)),
            Duration.ofMinutes(1),
            "The window in which a caller's requests are counted.");
    static final ConfigKey<Long> RATE_LIMIT_USER_REQUESTS = ConfigKey.of(
            "rate_limit_user_requests",
            Topic.SECURITY,
            new WholeNumber(1, 10_000_000, "requests"),
            1_000L,
            "Requests that a user may make in one second; more get 429.");
    static final ConfigKey<String> DEFAULT_PERMISSIONS = ConfigKey.of(
            "default_permissions",
            Topic.SECURITY,
            new Text(
                    12,
                    "create, delete, write and read, for owner, group and others, such as cdwr--wr----",
                    text -> Permissions.parse(text).isPresent()),
            Permissions.format(Acl.DEFAULT_PERMISSIONS),
            "Who may do what with a new value, where no policy says otherwise: owner, group, others.");
    static final ConfigKey<Duration> TOKEN_TTL = ConfigKey.of(
            "token_ttl",
            Topic.SECURITY,
            new Span(Duration.ofMinutes(1), Duration.ofDays(90)),
            Duration.ofHours(1),
            "How long a token lives when nobody says otherwise.");
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
    static final ConfigKey<String> CLUSTER_SECRET_PREVIOUS = ConfigKey.of(
                    "cluster_secret_previous",
                    Topic.SECURITY,
                    new Text(256, "\"\" for none, or at least 64 hexadecimal digits", SecurityConfig::isSecret),
                    "",
                    "The secret before a rotation: tokens made under it are still good.")
            .asSecret();

    static final List<ConfigKey<?>> KEYS = List.of(
            AUTH_ENABLED,
            ALLOW_ANONYMOUS_READ,
            ALLOW_ANONYMOUS_WRITE,
            RATE_LIMITING_ENABLED,
            RATE_LIMIT_REQUESTS,
            RATE_LIMIT_WINDOW,
            RATE_LIMIT_USER_REQUESTS,
            DEFAULT_PERMISSIONS,
            TOKEN_TTL,
            TAMPER_LOGGING_ENABLED,
            AUDIT_MAX_BYTES,
            CLUSTER_SECRET,
            CLUSTER_SECRET_PREVIOUS);

    static SecurityConfig from(Settings settings) {
        return new SecurityConfig(
                settings.get(AUTH_ENABLED),
                settings.get(ALLOW_ANONYMOUS_READ),
                settings.get(ALLOW_ANONYMOUS_WRITE),
                settings.get(RATE_LIMITING_ENABLED),
                settings.intOf(RATE_LIMIT_REQUESTS),
                settings.get(RATE_LIMIT_WINDOW),
                settings.intOf(RATE_LIMIT_USER_REQUESTS),
                Permissions.parse(settings.get(DEFAULT_PERMISSIONS)).orElse(Acl.DEFAULT_PERMISSIONS),
                settings.get(TOKEN_TTL),
                settings.get(TAMPER_LOGGING_ENABLED),
                settings.get(AUDIT_MAX_BYTES),
                settings.get(CLUSTER_SECRET),
                settings.get(CLUSTER_SECRET_PREVIOUS));
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
