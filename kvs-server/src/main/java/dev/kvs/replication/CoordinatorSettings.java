package dev.kvs.replication;

import dev.kvs.platform.Check;

/**
 * What a coordinator needs to know.
 *
 * @param defaultTtlMillis life of values written without a word about expiry, 0 for unlimited
 * @param maxJsonBytes longest document, in bytes; what a patch produces is held to it too
 * @param acksWaitMillis how long a write waits for the copies it asks for
 * @param idempotencyWindowMillis how long the answer to an {@code Idempotency-Key} is remembered
 * @param blindDeletesPerDay keys that a user may delete in a day without this node having ever seen them
 */
public record CoordinatorSettings(
        long defaultTtlMillis,
        int maxJsonBytes,
        long acksWaitMillis,
        long idempotencyWindowMillis,
        long blindDeletesPerDay) {
    public CoordinatorSettings {
        Check.that(defaultTtlMillis >= 0, "a life is not negative", defaultTtlMillis);
        Check.that(maxJsonBytes >= 2, "the smallest object has two bytes", maxJsonBytes);
        Check.that(acksWaitMillis >= 1, "copies take time", acksWaitMillis);
        Check.that(idempotencyWindowMillis >= 1, "an answer is remembered for a while", idempotencyWindowMillis);
        Check.that(blindDeletesPerDay >= 1, "a limit is at least 1", blindDeletesPerDay);
    }
}
