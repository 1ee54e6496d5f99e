package dev.kvs.membership;

/**
 * A member as this node sees it.
 *
 * @param lastSeenMillis when there was last a sign of life, on this node's wall clock; for the node itself always now
 * @param self whether it is this node
 */
public record MemberView(Member member, long lastSeenMillis, boolean self) {}
