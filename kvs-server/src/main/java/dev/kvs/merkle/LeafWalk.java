package dev.kvs.merkle;

import java.util.Arrays;
import java.util.List;

/** Which of the leaves that differ a round looks at, and how far it has come. */
final class LeafWalk {
    /** The walk of a round that has not come down to the leaves. */
    static final LeafWalk NONE = new LeafWalk(new int[0], 0);

    private final int[] leaves;
    /** Where in {@link #leaves} the round ends. */
    private final int end;
    /** Whether no leaf that differs lies outside the round. */
    private final boolean complete;

    private int position;
    private long fromKeyHash;

    private LeafWalk(int[] differing, int first) {
        this.leaves = Arrays.copyOfRange(differing, first, differing.length);
        this.end = Math.min(leaves.length, MerkleRequest.NODES_MAX);
        this.complete = first == 0 && end == leaves.length;
    }

    /** The leaves from {@code beginAt} on, or all of them when none of those differs. */
    static LeafWalk over(int[] differing, int beginAt) {
        int place = Arrays.binarySearch(differing, beginAt);
        int first = place >= 0 ? place : -place - 1;
        return new LeafWalk(differing, first == differing.length ? 0 : first);
    }

    /** The leaves still to ask for, the first of them from {@link #fromKeyHash} on. */
    int[] remaining() {
        return Arrays.copyOfRange(leaves, position, end);
    }

    long fromKeyHash() {
        return fromKeyHash;
    }

    /** Whether the round has looked at all it may look at. */
    boolean isDone() {
        return position == end;
    }

    boolean isComplete() {
        return complete;
    }

    /** The leaf to begin the next round with. */
    int resumeAt() {
        return position < leaves.length ? leaves[position] : 0;
    }

    /** Compares the current leaf, or its next part, and goes on. */
    void compare(LeafComparison comparison, List<LeafEntry> there, boolean cutOff) {
        if (!there.isEmpty() && Long.compareUnsigned(there.getFirst().keyHash(), fromKeyHash) < 0) {
            throw MessageReader.refused("it begins before the key hash that was asked for");
        }
        if (!cutOff) {
            comparison.compare(leaves[position], fromKeyHash, -1, there);
            position++;
            fromKeyHash = 0;
            return;
        }
        if (there.isEmpty() || there.getLast().keyHash() == -1) {
            throw MessageReader.refused("a leaf is cut off where it cannot go on");
        }
        long last = there.getLast().keyHash();
        comparison.compare(leaves[position], fromKeyHash, last, there);
        fromKeyHash = last + 1;
    }
}
