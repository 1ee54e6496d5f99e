package dev.kvs.platform;

/** What nodes ask nodes. The limits are what a receiver accepts before it reads on. */
public enum PeerPath {
    /** Asks to become a member. */
    JOIN("/internal/join", 64 << 10),
    /** Exchanges member lists. */
    GOSSIP("/members/gossip", 4 << 20),
    /** Asks whether the node is alive. */
    PROBE("/internal/probe", 64 << 10),
    /** Asks a third node to probe one that did not answer. */
    PROBE_FOR("/internal/probe-for", 64 << 10),
    /** Versions in the order of their origins. */
    PUSH("/internal/push", Network.ANSWER_BYTES_MAX),
    /** One step of a Merkle comparison. */
    MERKLE("/internal/merkle", 2 << 20),
    /** Asks for current versions by key hash, or a page of them. */
    FETCH("/internal/fetch", 2 << 20),
    /** Asks which of two rivals was stored first. */
    VOTE("/internal/vote", 64 << 10),
    /** Asks where a node's audit log ends, and what it has heard of others'. */
    AUDIT("/internal/audit", 64 << 10);

    private final String path;
    private final int maxBytes;

    PeerPath(String path, int maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    /** The path of the URL. */
    public String path() {
        return path;
    }

    /** Longest request body, in bytes. */
    public int maxBytes() {
        return maxBytes;
    }
}
