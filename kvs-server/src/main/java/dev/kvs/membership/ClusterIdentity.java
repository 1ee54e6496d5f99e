package dev.kvs.membership;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;

/**
 * What all members must agree on. Nodes that differ would resolve the same conflict differently, or look for a key in
 * different places, so they refuse each other.
 *
 * @param clusterId which cluster, 1 to 64 printable characters
 * @param conflictPolicy {@code oldest-node} or {@code majority-vote}
 * @param clusterMode {@code gossip}, {@code ring} or {@code slots}
 */
public record ClusterIdentity(String clusterId, String conflictPolicy, String clusterMode) {
    static final int LENGTH_MAX = 64;

    /** Throws {@link IllegalArgumentException} when a part is empty, too long or not printable. */
    public ClusterIdentity {
        for (String part : new String[] {clusterId, conflictPolicy, clusterMode}) {
            if (!Printable.isWord(part, LENGTH_MAX)) {
                throw new IllegalArgumentException(
                        "a cluster's id, policy and mode are 1 to " + LENGTH_MAX + " printable characters");
            }
        }
    }

    /** Refuses a node of another identity with {@code cluster_mismatch} and says what to change. */
    void refuseOthers(ClusterIdentity other, Member from) {
        if (!clusterId.equals(other.clusterId)) {
            refuse(from, "cluster_secret (which makes the cluster id)", clusterId, other.clusterId);
        }
        if (!conflictPolicy.equals(other.conflictPolicy)) {
            refuse(from, "conflict_policy", conflictPolicy, other.conflictPolicy);
        }
        if (!clusterMode.equals(other.clusterMode)) {
            refuse(from, "cluster_mode", clusterMode, other.clusterMode);
        }
    }

    private static void refuse(Member from, String setting, String ours, String theirs) {
        throw new KvsException(
                ErrorCode.CLUSTER_MISMATCH,
                "Node " + from.where() + " has " + theirs + " where this cluster has " + ours + ": set " + setting
                        + " to the same on every member, or take the address out of seed_nodes.");
    }
}
