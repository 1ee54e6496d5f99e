package dev.kvs.wire;

import java.util.List;

/**
 * The body of {@code POST /sync/merkle/leaves}.
 *
 * @param leaves leaves of the tree, 0 to 65535; 1 to {@value #LEAVES_MAX} of them
 */
public record MerkleLeavesRequest(List<Integer> leaves) {
    /** Leaves of one request: with a million keys some thousand entries come back. */
    public static final int LEAVES_MAX = 64;

    public MerkleLeavesRequest {
        leaves = List.copyOf(leaves);
    }
}
