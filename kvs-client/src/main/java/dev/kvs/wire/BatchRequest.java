package dev.kvs.wire;

import java.util.List;
import java.util.Objects;

/**
 * The body of {@code POST /kv/_batch}: all or nothing on one node.
 *
 * @param operations in order; the conditions of each see what those before it did
 */
public record BatchRequest(List<BatchOperation> operations) {
    /** Most operations in a batch: one log frame, so bounded like one. */
    public static final int OPERATIONS_MAX = 1_000;

    public BatchRequest {
        operations = List.copyOf(Objects.requireNonNull(operations, "operations is missing"));
    }
}
