package dev.kvs.boot;

import dev.kvs.http.Meters;
import dev.kvs.membership.MemberState;
import dev.kvs.membership.Membership;
import dev.kvs.model.Keyspace;
import dev.kvs.model.NodeId;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.storage.Store;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Publishes what can be read off the cluster at any time: members, lag, clocks, and what waits for somebody. */
final class ClusterMeters {
    /** Names that get a lag of their own. A cluster is smaller; without a bound, nodes that come and go would fill the list. */
    private static final int PEERS_MAX = 1_000;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Meters meters;
    private final GossipReplication replication;
    private final Set<NodeId> met = ConcurrentHashMap.newKeySet();

    ClusterMeters(Meters meters, Store store, GossipReplication replication) {
        this.meters = meters;
        this.replication = replication;
        meters.gauge(
                "kvs_push_lag_versions_max",
                "Versions durable here that the living peer furthest behind is not known to hold.",
                () -> replication.peers().stream()
                        .filter(peer -> peer.live())
                        .mapToLong(replication::lag)
                        .max()
                        .orElse(0));
        meters.gauge(
                "kvs_held_back_versions",
                "Versions from too far in the future that wait for their time.",
                () -> store.heldBack().size());
        meters.gauge(
                "kvs_quarantined_versions",
                "Versions that came back after their deletion had been collected, since the start.",
                replication::quarantineCount);
        for (Keyspace keyspace : Keyspace.values()) {
            String word = keyspace.name().toLowerCase(Locale.ROOT);
            meters.gauge(
                    "kvs_tree_keys",
                    "Keys in the Merkle tree of a keyspace.",
                    () -> replication.tree().keys(keyspace),
                    "keyspace",
                    word);
            meters.gauge(
                    "kvs_conflicts_open",
                    "Keys with concurrent versions that nothing has settled yet.",
                    () -> store.openConflicts(keyspace),
                    "keyspace",
                    word);
        }
    }

    /** Publishes what membership knows, once it has begun. */
    void publish(Membership membership) {
        for (MemberState state : MemberState.values()) {
            meters.gauge(
                    "kvs_members",
                    "Members of the cluster as this node sees them, itself included, by state.",
                    () -> membership.members().stream()
                            .filter(view -> view.member().state() == state)
                            .count(),
                    "state",
                    state.word());
        }
        meters.counter(
                "kvs_gossip_rounds_total",
                "Exchanges of the list of members begun by this node.",
                () -> membership.status().work().gossipRounds());
        meters.counter(
                "kvs_probes_total",
                "Members probed by this node.",
                () -> membership.status().work().probes());
        meters.counter(
                "kvs_probes_failed_total",
                "Probes that came to nothing, neither directly nor through others.",
                () -> membership.status().work().failedProbes());
        meters.gauge(
                "kvs_clock_ahead_seconds",
                "How far this node's clock is ahead of the median of the others; 0 while nobody has answered.",
                () -> membership.status().clockAheadMillis().orElse(0) / MILLIS_PER_SECOND);
    }

    /** Publishes the lag of a peer when it is met first; under its name, whatever data directory it comes back with. */
    void met(NodeId peer) {
        if (met.size() < PEERS_MAX && met.add(peer)) {
            meters.gauge(
                    "kvs_push_lag_versions",
                    "Versions durable here that a peer is not known to hold.",
                    () -> lag(peer),
                    "peer",
                    peer.value());
        }
    }

    private long lag(NodeId id) {
        return replication.peers().stream()
                .filter(peer -> peer.id().equals(id))
                .mapToLong(replication::lag)
                .sum();
    }
}
