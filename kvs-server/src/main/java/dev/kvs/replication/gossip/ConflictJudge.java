package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what an arriving version does to the conflict of its key. Pure. */
final class ConflictJudge {
    private final Supplier<UUID> ids;

    /** A judge that names new conflicts by {@code ids}. */
    ConflictJudge(Supplier<UUID> ids) {
        this.ids = ids;
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
