package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.JoinReport;
import dev.kvs.wire.LeaveReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleRoot;
import java.util.List;

/** What the door tells about the cluster, in the words of the contract. Implemented in {@code boot}; safe for concurrent use. */
public interface ClusterView {
    /** Where this node is reached, {@code host:port}. */
    String address();

    /** Whether the node talks to no other by its configuration; then it cannot join, leave or compare either. */
    boolean isAlone();

    /** The members this node knows, itself among them, in the order of their names. */
    List<MemberInfo> members();

    /** Where those other members are reached that take writes now, as far as this node knows; a few of them. */
    List<String> accepting();

    /** Asks a member, {@code host:port}, to be let in, and waits for its answer, for some seconds at most. */
    JoinReport join(String address);

    /** Leaves the cluster, and stays up read-only; blocks for half a minute at most. {@code invalid_request} when alone. */
    LeaveReport leave();

    /** How far the cluster agrees. */
    Convergence convergence();

    /** The root of the Merkle tree. */
    MerkleRoot tree();

    /** The digests of nodes of the tree; all numbers are within their bounds. */
    MerkleNodes nodes(int level, List<Integer> nodes);

    /** The entries of leaves of the tree; all numbers are within their bounds. */
    MerkleLeaves leaves(List<Integer> leaves);

    /** The last comparison with each other member, by name. */
    List<Comparison> comparisons();

    /** Compares with every living member; blocks until all have ended, for seconds at most. */
    List<Comparison> compareNow();

    /**
     * Writes a version that has seen nothing, so that it is in conflict with every other; {@code forbidden} unless the
     * configuration allows it.
     *
     * @param json checked, must not change
     * @param hlc the exact timestamp, or 0 for now
     */
    Version plant(Key key, byte[] json, long hlc);
}
