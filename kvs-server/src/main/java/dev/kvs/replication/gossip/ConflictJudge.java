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
     * @param winner the key's winner so far
     */
    @Nullable
    Conflict judge(@Nullable Conflict known, Version arriving, @Nullable Version winner, long nowMillis) {
        if (winner == null) {
            return null;
        }
        Conflict open = known != null && known.isOpen() ? known : null;
        return switch (arriving.vector().compare(winner.vector())) {
            case EQUAL, DOMINATED -> null;
            case CONCURRENT -> concurrent(open, arriving, winner, nowMillis);
            case DOMINATES -> open == null ? null : replaced(open, arriving, winner, nowMillis);
        };
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
