package dev.kvs.boot;

import dev.kvs.membership.Membership;
import dev.kvs.model.Hlc;
import dev.kvs.model.Keyspace;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.PeerState;
import dev.kvs.storage.Store;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.MemberInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How far the cluster agrees, read off what replication and membership know at this moment. */
final class ConvergenceStatus {
    /** A page for people; the count says how many there are. */
    private static final int QUARANTINE_SHOWN = 100;

    private final NodeId self;
    private final Store store;
    private final Optional<Cluster> cluster;
    private final Time time;

    ConvergenceStatus(NodeId self, Store store, Optional<Cluster> cluster, Time time) {
        this.self = self;
        this.store = store;
        this.cluster = cluster;
        this.time = time;
    }

    /** The report, with each member's state from {@code members}, by name. */
    Convergence report(Map<String, MemberInfo> members) {
        int open = store.openConflicts(Keyspace.DOCUMENTS);
        int ofSystem = store.openConflicts(Keyspace.SYSTEM);
        int heldBack = store.heldBack().size();
        if (cluster.isEmpty()) {
            return new Convergence(
                    self.value(), time.epochMillis(), null, heldBack, 0, 0, List.of(), open, ofSystem, List.of());
        }
        GossipReplication replication = cluster.get().replication();
        OptionalLong ahead = clockAhead(cluster.get().membership());
        OptionalLong upTo = replication.convergedUpTo(ahead.orElse(0));
        return new Convergence(
                self.value(),
                boxed(upTo),
                boxed(ahead),
                heldBack,
                Math.toIntExact(replication.quarantineCount()),
                Math.toIntExact(replication.quarantineCount(Keyspace.SYSTEM)),
                replication.quarantined().stream()
                        .filter(version -> !version.key().isSystem())
                        .limit(QUARANTINE_SHOWN)
                        .map(ConvergenceStatus::wire)
                        .toList(),
                open,
                ofSystem,
                replication.peers().stream()
                        .sorted(Comparator.comparing(peer -> peer.id().value()))
                        .map(peer ->
                                wire(replication, peer, members.get(peer.id().value())))
                        .toList());
    }

    private static OptionalLong clockAhead(@Nullable Membership membership) {
        return membership == null ? OptionalLong.empty() : membership.status().clockAheadMillis();
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    private static Convergence.Quarantined wire(Version version) {
        return new Convergence.Quarantined(
                version.key().toString(),
                version.uuid(),
                Hlc.millis(version.hlc()),
                version.origin().node().value());
    }

    /** A peer that membership has forgotten is gone, but what it knew still counts for what may be collected. */
    private Convergence.Peer wire(GossipReplication replication, PeerState peer, @Nullable MemberInfo member) {
        return new Convergence.Peer(
                peer.id().value(),
                peer.address(),
                member == null ? "removed" : member.state(),
                replication.lag(peer),
                replication.missing(peer),
                toldAt(peer),
                Comparisons.of(peer.id(), replication.results().get(peer.id())));
    }

    private @Nullable Long toldAt(PeerState peer) {
        if (peer.toldNanos() == Long.MIN_VALUE) {
            return null;
        }
        return time.epochMillis() - TimeUnit.NANOSECONDS.toMillis(time.monotonicNanos() - peer.toldNanos());
    }
}
