package dev.kvs.replication;

import dev.kvs.platform.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of one write beside its content.
 *
 * @param conditions all must hold; for a batch they stand with each operation instead
 * @param acks how many nodes must hold the write before the answer, at least 1
 * @param idempotency makes a repeated request give the first one's answer; null when the caller did not ask
 */
public record WriteOptions(
        List<Condition> conditions, int acks, @Nullable Idempotency idempotency) {
    public static final WriteOptions NONE = new WriteOptions(List.of(), 1, null);

    public WriteOptions {
        Check.that(acks >= 1, "at least this node acknowledges", acks);
        conditions = List.copyOf(conditions);
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
