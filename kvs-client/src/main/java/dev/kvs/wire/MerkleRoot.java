package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * The answer to {@code GET /sync/merkle/root}. Two nodes hold the same winners when epoch and root are the same.
 *
 * <pre>{@code {"epoch":1790000000000,"root":"00f1e2d3c4b5a697","keys":1204}}</pre>
 *
 * @param epoch what may be collected by then is left out, milliseconds since the epoch; trees of different ones differ
 * @param root 16 hexadecimal digits
 * @param keys keys that are counted, deletes included
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MerkleRoot(long epoch, String root, long keys) {
    public MerkleRoot {
        Objects.requireNonNull(root);
    }
}
