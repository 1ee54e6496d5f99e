package dev.kvs.boot.config;

import java.time.Duration;
import java.util.List;

/**
 * How the REST interface behaves.
 *
 * @param responseFormat what {@code GET /kv/{key}} gives when the request does not say
 * @param defaultTtl the life of a value written without one; zero for no end
 * @param batchMaxOperations most operations of one batch
 * @param batchMaxBytes bytes of the body of one batch
 * @param idempotencyWindow how long an {@code Idempotency-Key} is remembered
 */
public record ApiConfig(
        ResponseFormat responseFormat,
        Duration defaultTtl,
        int batchMaxOperations,
        int batchMaxBytes,
        Duration idempotencyWindow) {
    /** The two shapes of a read value. */
    public enum ResponseFormat {
        /** {@code {"uuid","timestamp","data"}}. */
        ENVELOPE,
        /** The document as it was sent. */
        RAW
    }

    static final ConfigKey<ResponseFormat> RESPONSE_FORMAT = ConfigKey.of(
            "response_format",
            Topic.API,
            new Choice<>(List.of(ResponseFormat.values())),
            ResponseFormat.ENVELOPE,
            "What GET gives: the document with its uuid and timestamp, or the bare document as if ?raw were given.");
    static final ConfigKey<Duration> DEFAULT_TTL = ConfigKey.of(
            "default_ttl",
            Topic.API,
            new Span(Duration.ZERO, Duration.ofDays(3_650)),
            Duration.ZERO,
            "The life of values written without a ttl; 0 for no end.");
    static final ConfigKey<Long> BATCH_MAX_OPERATIONS = ConfigKey.of(
            "batch_max_operations",
            Topic.API,
            new WholeNumber(1, 10_000, "operations"),
            1_000L,
            "Most operations of one batch; a batch is one log frame and holds the locks of all its keys.");
    static final ConfigKey<Long> BATCH_MAX_BYTES = ConfigKey.of(
            "batch_max_bytes",
            Topic.API,
            new WholeNumber(1_024, 134_217_728, "bytes"),
            16_777_216L,
            "Largest body of a batch; held in memory whole and written to the log as one frame.");
    static final ConfigKey<Duration> IDEMPOTENCY_WINDOW = ConfigKey.of(
            "idempotency_window",
            Topic.API,
            new Span(Duration.ofSeconds(1), Duration.ofDays(1)),
            Duration.ofMinutes(10),
            "How long an Idempotency-Key is remembered; outlasts the retries of any sensible client.");

    static final List<ConfigKey<?>> KEYS =
            List.of(RESPONSE_FORMAT, DEFAULT_TTL, BATCH_MAX_OPERATIONS, BATCH_MAX_BYTES, IDEMPOTENCY_WINDOW);

    static ApiConfig from(Settings settings) {
        return new ApiConfig(
                settings.get(RESPONSE_FORMAT),
                settings.get(DEFAULT_TTL),
                settings.intOf(BATCH_MAX_OPERATIONS),
                settings.intOf(BATCH_MAX_BYTES),
                settings.get(IDEMPOTENCY_WINDOW));
    }
}
