package dev.kvs.peer.session;

import dev.kvs.model.NodeId;

/**
 * As whom this node speaks to others.
 *
 * @param clusterId 1 to 128 visible ASCII characters, the same on every node of the cluster; not secret
 * @param node this node's name
 * @param secret what all nodes of the cluster know and nobody else; empty where no one is to be kept out
 */
public record NodeCredentials(String clusterId, NodeId node, byte[] secret) {
    static final int CLUSTER_ID_MAX = 128;

    public NodeCredentials {
        if (!isClusterId(clusterId)) {
            throw new IllegalArgumentException(
                    "a cluster id is 1 to " + CLUSTER_ID_MAX + " visible ASCII characters, not '" + clusterId + "'");
        }
        secret = secret.clone();
    }

    static boolean isClusterId(String text) {
        return !text.isEmpty()
                && text.length() <= CLUSTER_ID_MAX
                && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /** Whether sessions prove anything: whether there is a secret. */
    public boolean isAuthenticated() {
        return secret.length > 0;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "node " + node + " of cluster " + clusterId;
    }
}
