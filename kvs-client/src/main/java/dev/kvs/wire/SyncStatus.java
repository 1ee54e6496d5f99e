package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /sync/status} and {@code POST /sync/now}: this node's Merkle tree and its comparisons.
 *
 * @param tree what the tree is now
 * @param comparisons with each other member, by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SyncStatus(MerkleRoot tree, List<Comparison> comparisons) {
    public SyncStatus {
        Objects.requireNonNull(tree);
        comparisons = List.copyOf(comparisons);
    }
}
