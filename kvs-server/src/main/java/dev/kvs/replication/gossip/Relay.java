package dev.kvs.replication.gossip;

import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Time;
import java.util.concurrent.TimeUnit;

/**
 * Decides which of other stores' versions are old enough to be passed on: those that were known here one whole period ago. By
 * then their origin has sent them to everyone that it reaches.
 */
final class Relay {
    private final Time time;
    private final long freshNanos;
    private volatile VersionVector eligible = VersionVector.EMPTY;
    private VersionVector before = VersionVector.EMPTY;

    Relay(Time time, long relayMillis) {
        this.time = time;
        this.freshNanos = TimeUnit.MILLISECONDS.toNanos(relayMillis);
    }

    /** A period has passed; called by one timer. */
    void tick(VersionVector knowledge) {
        eligible = before;
        before = knowledge;
    }

    /** The sequence up to which a store's versions may be passed on. */
    long through(StoreId origin) {
        return eligible.sequenceOf(origin);
    }

    /** Whether a peer has told what it knows within the last period; if not, it is asked before anything is passed on. */
    boolean isFresh(PeerState state) {
        return state.toldNanos() != Long.MIN_VALUE && time.monotonicNanos() - state.toldNanos() < freshNanos;
    }
}
