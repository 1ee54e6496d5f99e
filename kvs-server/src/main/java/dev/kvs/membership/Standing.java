package dev.kvs.membership;

/** Where this node stands with its cluster. */
public sealed interface Standing {
    /** It has no seeds: it is the first, and waits for others. */
    record Founder() implements Standing {}

    /**
     * It asks its seeds.
     *
     * @param attempts how often so far
     * @param problem what the last attempt met; empty at first
     */
    record Joining(int attempts, String problem) implements Standing {}

    /** It is a member, with others. */
    record Joined() implements Standing {}

    /**
     * The cluster refuses it. It goes on asking, rarely, so that it gets in once the cause has gone.
     *
     * @param code the stable word: {@code cluster_mismatch} or {@code duplicate_node}
     * @param detail what is wrong and what to do
     */
    record Refused(String code, String detail) implements Standing {}

    /** It has said goodbye. */
    record Left() implements Standing {}
}
