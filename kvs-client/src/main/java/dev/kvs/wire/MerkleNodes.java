package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code POST /sync/merkle/nodes}: a digest for each place asked for.
 *
 * <pre>{@code {"epoch":1790000000000,"level":1,"nodes":[{"node":0,"digest":"00f1e2d3c4b5a697"}]}}</pre>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MerkleNodes(long epoch, int level, List<Node> nodes) {
    public MerkleNodes {
        nodes = List.copyOf(nodes);
    }

    /**
     * One place of the tree.
     *
     * @param digest 16 hexadecimal digits
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Node(int node, String digest) {
        public Node {
            Objects.requireNonNull(digest);
        }
    }
}
