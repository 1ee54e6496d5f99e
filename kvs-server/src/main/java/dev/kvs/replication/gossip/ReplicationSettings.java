package dev.kvs.replication.gossip;

import dev.kvs.platform.Check;

/**
 * The knobs of replication. All times in milliseconds.
 *
 * @param maxClockSkewMillis a version from further ahead of this node's clock is held back until its time comes
 * @param relayMillis how long another store's writes are left to their origin before this node passes them on
 * @param syncMillis pause between comparisons with a peer
 * @param catchupMillis pause between comparisons while the last one found differences
 * @param throttleMillis pause between pages sent to a joining node
 * @param fetchMillis pause between batches fetched when catching up
 * @param callMillis how long an answer of a peer is waited for
 * @param majorityVote whether members vote on versions with the same timestamp
 */
public record ReplicationSettings(
        long maxClockSkewMillis,
        long relayMillis,
        long syncMillis,
        long catchupMillis,
        long throttleMillis,
        long fetchMillis,
        long callMillis,
        boolean majorityVote) {
    public ReplicationSettings {
        Check.that(maxClockSkewMillis >= 1, "clocks are never quite equal", maxClockSkewMillis);
        Check.that(relayMillis >= 1, "the origin goes first", relayMillis);
        Check.that(syncMillis >= 1 && catchupMillis >= 1, "comparisons rest", syncMillis);
        Check.that(throttleMillis >= 0 && fetchMillis >= 0, "a pause is not negative", throttleMillis);
        Check.that(callMillis >= 1, "an answer takes time", callMillis);
    }
}
