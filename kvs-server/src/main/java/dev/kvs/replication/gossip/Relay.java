package dev.kvs.replication.gossip;

import dev.kvs.model.Dot;
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

    /**
     * The sequence up to which a store's versions may be passed on. Never beyond what is known by now: of a name that this store
     * has lost that is less than it was, and what it wrote under it beyond may have the dots of other versions (decision 0010).
     */
    long through(Dot known) {
        return Math.min(eligible.sequenceOf(known.store()), known.sequence());
    }

    /** Whether a peer has told what it knows within the last period; if not, it is asked before anything is passed on. */
    boolean isFresh(PeerState state) {
        return state.toldNanos() != Long.MIN_VALUE && time.monotonicNanos() - state.toldNanos() < freshNanos;
    }
}
