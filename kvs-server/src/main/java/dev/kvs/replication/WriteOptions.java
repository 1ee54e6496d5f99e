package dev.kvs.replication;

import dev.kvs.platform.Check;
import dev.kvs.security.Rights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of one write beside its content.
 *
 * @param rights who writes, and what he may
 * @param conditions all must hold; for a batch they stand with each operation instead
 * @param acks how many nodes must hold the write before the answer, at least 1
 * @param idempotency makes a repeated request give the first one's answer; null when the caller did not ask
 */
public record WriteOptions(
        Rights rights,
        List<Condition> conditions,
        int acks,
        @Nullable Idempotency idempotency) {
    /** The node writes for itself, or nobody was asked who he is. */
    public static final WriteOptions NONE = by(Rights.UNCHECKED);

    public WriteOptions {
        Check.that(acks >= 1, "at least this node acknowledges", acks);
        conditions = List.copyOf(conditions);
    }

    /** A write that asks for nothing in particular. */
    public static WriteOptions by(Rights rights) {
        return new WriteOptions(rights, List.of(), 1, null);
    }

    /**
     * The caller's key for repeating a request safely.
     *
     * @param key the header's value, 1 to 255 visible ASCII characters, unique per caller
     * @param fingerprint a hash over method, path, query and body: a key reused for another request is refused with
     *     {@code idempotency_mismatch}
     */
    public record Idempotency(String key, String fingerprint) {}
}
