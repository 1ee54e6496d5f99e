package dev.kvs.client;

import dev.kvs.wire.Durations;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a write asks for beside its content. Immutable; begin with {@link #NONE}.
 *
 * @param ttl how long the value lives, zero for ever, null for the node's default; for puts only
 * @param ifMatch the version that must be current, else {@code precondition_failed}; null for any
 * @param ifAbsent whether nothing may be stored under the key
 * @param acks how many nodes must hold the write before it returns, 1 to 1000
 * @param idempotencyKey 1 to 255 visible ASCII characters. The node gives a repeat the first one's answer for 10 minutes,
 *     and only with it the client repeats a write by itself; null for none
 */
public record WriteOptions(
        @Nullable Duration ttl,
        @Nullable UUID ifMatch,
        boolean ifAbsent,
        int acks,
        @Nullable String idempotencyKey) {
    /** No wishes. */
    public static final WriteOptions NONE = new WriteOptions(null, null, false, 1, null);

    private static final int ACKS_MAX = 1_000;
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Throws {@link IllegalArgumentException} when something is out of its bounds or contradicts itself. */
    public WriteOptions {
        if (ttl != null) {
            Durations.format(ttl);
        }
        if (ifMatch != null && ifAbsent) {
            throw new IllegalArgumentException("a write cannot ask for a version and for none at once");
        }
        if (acks < 1 || acks > ACKS_MAX) {
            throw new IllegalArgumentException("acks are 1 to " + ACKS_MAX + ", not " + acks);
        }
        if (idempotencyKey != null && !IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 visible ASCII characters");
        }
    }

    public WriteOptions withTtl(Duration life) {
        return new WriteOptions(life, ifMatch, ifAbsent, acks, idempotencyKey);
    }

    public WriteOptions withIfMatch(UUID version) {
        return new WriteOptions(ttl, version, ifAbsent, acks, idempotencyKey);
    }

    public WriteOptions withIfAbsent() {
        return new WriteOptions(ttl, ifMatch, true, acks, idempotencyKey);
    }

    public WriteOptions withAcks(int nodes) {
        return new WriteOptions(ttl, ifMatch, ifAbsent, nodes, idempotencyKey);
    }

    public WriteOptions withIdempotencyKey(String key) {
        return new WriteOptions(ttl, ifMatch, ifAbsent, acks, key);
    }

    /** With a fresh random idempotency key, so that the client may repeat this one write. Use the result once. */
    public WriteOptions repeatable() {
        return withIdempotencyKey(UUID.randomUUID().toString());
    }
}
