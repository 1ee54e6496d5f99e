package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what an arriving version does to the conflict of its key. Pure. */
final class ConflictJudge {
    private final Supplier<UUID> ids;
    private final long tombstoneRetentionMillis;

    /** A judge that names new conflicts by {@code ids}; deletions are kept for so long. */
    ConflictJudge(Supplier<UUID> ids, long tombstoneRetentionMillis) {
        this.ids = ids;
        this.tombstoneRetentionMillis = tombstoneRetentionMillis;
    }

    /**
     * The key's conflict after the arrival, or null when the arrival changes nothing about it.
     *
     * @param known the conflict so far, open or closed
     * @param seen what the arriving version has seen: its vector, unless that claims too much
     * @param winner the key's winner so far
     */
    @Nullable
    Conflict judge(
            @Nullable Conflict known, Version arriving, VersionVector seen, @Nullable Version winner, long nowMillis) {
        // A write and its copy under another name are one write.
        if (winner == null || arriving.uuid().equals(winner.uuid())) {
            return null;
        }
        Conflict open = known != null && known.isOpen() ? known : null;
        boolean later = VersionOrder.INSTANCE.compare(arriving, winner) > 0;
        if (later ? mayHaveForgotten(arriving, winner) : mayHaveForgotten(winner, arriving)) {
            return later && open != null ? open.closedBy(arriving.uuid(), nowMillis) : null;
        }
        return switch (relation(arriving, seen, winner)) {
            case EQUAL, DOMINATED -> null;
            case CONCURRENT -> concurrent(open, arriving, winner, nowMillis);
            case DOMINATES -> open == null ? null : replaced(open, arriving, winner, nowMillis);
        };
    }

    /**
     * How two writes are related. Whoever has seen a version is dated after it, and two writes do not share a dot; where vectors
     * say otherwise, one of the two is a copy, or stands under a dot that was given twice, after a disk went back in time.
     */
    private static VersionVector.Relation relation(Version arriving, VersionVector seen, Version winner) {
        VersionVector.Relation relation = seen.compare(winner.vector());
        boolean later = VersionOrder.INSTANCE.compare(arriving, winner) > 0;
        boolean believable = switch (relation) {
            case DOMINATES -> later;
            case DOMINATED -> !later;
            case EQUAL -> false;
            case CONCURRENT -> true;
        };
        return believable ? relation : VersionVector.Relation.CONCURRENT;
    }

    /**
     * Whether an earlier version was due for collection when a later one was written. Then its writer may have had it and
     * forgotten the key with all that it was in conflict with; nobody could read it any more, so nobody has lost it. Decision
     * 0021.
     */
    private boolean mayHaveForgotten(Version later, Version earlier) {
        return earlier.collectableAt(tombstoneRetentionMillis) <= Hlc.millis(later.hlc());
    }

    private Conflict concurrent(@Nullable Conflict open, Version arriving, Version winner, long nowMillis) {
        Version best = VersionOrder.INSTANCE.winner(arriving, winner);
        Version other = best.equals(arriving) ? winner : arriving;
        return open == null
                ? Conflict.between(ids.get(), best, other, nowMillis)
                : open.joinedBy(best, other, nowMillis);
    }

    private static Conflict replaced(Conflict open, Version arriving, Version winner, long nowMillis) {
        VersionVector seen = arriving.vector();
        return open.isSettledBy(seen)
                ? open.closedBy(arriving.uuid(), nowMillis)
                : open.joinedBy(arriving, winner, nowMillis);
    }
}
