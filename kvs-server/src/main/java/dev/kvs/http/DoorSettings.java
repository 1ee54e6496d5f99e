package dev.kvs.http;

import dev.kvs.wire.BatchRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * What the public door needs to know. Every bound is explicit; the constructor refuses what makes no sense.
 *
 * @param bindAddress the address to listen on, for example {@code 127.0.0.1}
 * @param port 0 to 65535; 0 takes any free port
 * @param maxJsonBytes largest document, 1 byte to {@link #BYTES_LIMIT}; one byte more gives 413
 * @param maxBatchBytes largest body of {@code POST /kv/_batch}, at least {@code maxJsonBytes}
 * @param maxBatchOperations operations of one batch, at least 1
 * @param maxBodyMemory bytes of all bodies that are held at a time, at least {@code maxBatchBytes}; further ones wait, and get
 *     503 {@code overloaded} when that takes too long
 * @param maxHeaderBytes all headers of a request together, at least 1,024; more gives 431 or 400
 * @param maxTargetBytes the request line, at least 1,024; more gives 414
 * @param maxConnections open connections; further ones wait to be accepted
 * @param maxConcurrentRequests requests being answered; further ones get 503 {@code overloaded} at once
 * @param maxWatchers watches being answered; further ones get 503 {@code overloaded} at once
 * @param idleTimeout a connection without a request is closed after this
 * @param requestTimeout headers must be complete, and a body must have arrived, this long after they begin; an answer must
 *     be taken within it
 * @param drainTimeout how long running requests may take when the door closes
 * @param rawByDefault whether {@code GET} gives the bare document when the caller does not say ({@code response_format})
 * @param tls with what TLS is spoken; empty for plain HTTP
 */
public record DoorSettings(
        String bindAddress,
        int port,
        int maxJsonBytes,
        int maxBatchBytes,
        int maxBatchOperations,
        long maxBodyMemory,
        int maxHeaderBytes,
        int maxTargetBytes,
        int maxConnections,
        int maxConcurrentRequests,
        int maxWatchers,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration drainTimeout,
        boolean rawByDefault,
        Optional<DoorTls> tls) {
    /** Bodies are held in memory whole, so none may come near the size of a byte array: 256 MiB. */
    public static final int BYTES_LIMIT = 256 << 20;

    /** More than any heap that makes sense: 1 TiB. */
    public static final long BODIES_LIMIT = 1L << 40;

    /** Room for a key of 1,024 bytes with every byte escaped, a method and a query; and for a token in a header. */
    public static final int HEAD_MINIMUM = 1024;

    public DoorSettings {
        require(!bindAddress.isBlank(), "bindAddress must not be blank", bindAddress);
        require(port >= 0 && port <= 65_535, "port is 0 to 65535", port);
        require(maxJsonBytes >= 1 && maxJsonBytes <= BYTES_LIMIT, "maxJsonBytes is 1 to " + BYTES_LIMIT, maxJsonBytes);
        require(
                maxBatchBytes >= maxJsonBytes && maxBatchBytes <= BYTES_LIMIT,
                "maxBatchBytes is maxJsonBytes to " + BYTES_LIMIT,
                maxBatchBytes);
        require(maxBatchOperations >= 1, "maxBatchOperations is at least 1", maxBatchOperations);
        require(
                maxBodyMemory >= maxBatchBytes && maxBodyMemory <= BODIES_LIMIT,
                "maxBodyMemory is maxBatchBytes to " + BODIES_LIMIT,
                maxBodyMemory);
        require(maxHeaderBytes >= HEAD_MINIMUM, "maxHeaderBytes is at least " + HEAD_MINIMUM, maxHeaderBytes);
        require(maxTargetBytes >= HEAD_MINIMUM, "maxTargetBytes is at least " + HEAD_MINIMUM, maxTargetBytes);
        require(maxConnections >= 1, "maxConnections is at least 1", maxConnections);
        require(maxConcurrentRequests >= 1, "maxConcurrentRequests is at least 1", maxConcurrentRequests);
        require(maxWatchers >= 1, "maxWatchers is at least 1", maxWatchers);
        require(idleTimeout.isPositive(), "idleTimeout is positive", idleTimeout);
        require(requestTimeout.isPositive(), "requestTimeout is positive", requestTimeout);
        require(!drainTimeout.isNegative(), "drainTimeout is not negative", drainTimeout);
    }

    /** Settings for a port with every other value at its default. */
    public static DoorSettings defaults(String bindAddress, int port) {
        return new DoorSettings(
                bindAddress,
                port,
                1 << 20,
                16 << 20,
                BatchRequest.OPERATIONS_MAX,
                32L << 20,
                16 << 10,
                16 << 10,
                10_000,
                1_000,
                256,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                false,
                Optional.empty());
    }

    /** How the door is reached, as a URL begins. */
    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    private static void require(boolean condition, String rule, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }
}
