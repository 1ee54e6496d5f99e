package dev.kvs.replication.gossip;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;

/**
 * What this node knows of a peer. Immutable; {@link Peers} replaces it.
 *
 * @param store its data directory
 * @param live whether membership takes it for alive
 * @param knowledge what it is known to hold durably; it may hold more
 * @param bootstrapping whether it wants nothing pushed
 * @param toldNanos when it said so, on the monotonic clock; {@link Long#MIN_VALUE} when never
 */
public record PeerState(
        NodeId id,
        String address,
        StoreId store,
        boolean live,
        VersionVector knowledge,
        boolean bootstrapping,
        long toldNanos) {
    PeerState told(VersionVector now, boolean fetching, long nanos) {
        return new PeerState(id, address, store, live, knowledge.merge(now), fetching, nanos);
    }

    PeerState alive(boolean now) {
        return new PeerState(id, address, store, now, knowledge, bootstrapping, toldNanos);
    }
}
