package dev.kvs.wire;

import java.util.List;

/**
 * The body of {@code POST /sync/merkle/nodes}.
 *
 * @param level 0 for the root, to {@value #LEVEL_MAX} for the leaves; a level has 16 times as many nodes as the one above
 * @param nodes places in the level, from 0; 1 to {@value #NODES_MAX} of them
 */
public record MerkleNodesRequest(int level, List<Integer> nodes) {
    /** The level of the leaves. */
    public static final int LEVEL_MAX = 4;

    /** Places of one request: all children of 64 nodes that differ. */
    public static final int NODES_MAX = 1_024;

    public MerkleNodesRequest {
        nodes = List.copyOf(nodes);
    }
}
