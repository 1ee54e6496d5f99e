package dev.kvs.replication.gossip;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;

/**
 * What this node knows of a peer. Immutable; {@link Peers} replaces it.
 *
 * @param store its data directory
 * @param live whether membership takes it for alive
 * @param knowledge what it is known to hold durably; it may hold more
 * @param heldBackFrom the lowest timestamp of what it then held back, {@link Long#MAX_VALUE} for nothing
 * @param bootstrapping whether it wants nothing pushed
 * @param toldNanos when it said so, on the monotonic clock; {@link Long#MIN_VALUE} when never
 */
public record PeerState(
        NodeId id,
        String address,
        StoreId store,
        boolean live,
        VersionVector knowledge,
        long heldBackFrom,
        boolean bootstrapping,
        long toldNanos) {
    /** A member of which nothing is known yet. */
    static PeerState unheard(NodeId id, String address, StoreId store) {
        return new PeerState(id, address, store, true, VersionVector.EMPTY, Long.MAX_VALUE, false, Long.MIN_VALUE);
    }

    PeerState movedTo(String other) {
        return new PeerState(id, other, store, true, knowledge, heldBackFrom, false, Long.MIN_VALUE);
    }

    /** As if it had never said what it holds. */
    PeerState forgotten() {
        return new PeerState(
                id, address, store, live, VersionVector.EMPTY, Long.MAX_VALUE, bootstrapping, Long.MIN_VALUE);
    }

    PeerState told(PushReply word, long nanos) {
        // A late word says less of what is known, and nothing of what is held back by now.
        long heldBack = word.knowledge().covers(knowledge) ? word.heldBackFrom() : heldBackFrom;
        VersionVector known = knowledge.merge(word.knowledge());
        return new PeerState(id, address, store, live, known, heldBack, word.bootstrapping(), nanos);
    }

    /** Whether a version and all that it has seen stand in its key space, so that what it writes from now on is dated later. */
    boolean hasPassed(Version version) {
        return version.hlc() < heldBackFrom && knowledge.covers(version.vector());
    }

    PeerState alive(boolean now) {
        return new PeerState(id, address, store, now, knowledge, heldBackFrom, bootstrapping, toldNanos);
    }
}
