package dev.kvs.membership;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.platform.Network;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One node of a {@link SimCluster}: started, killed and started again, with its memory of what it has been told. */
final class SimMember {
    private final SimCluster cluster;
    private final SimHost host;
    private final NodeId id;
    private final ClusterIdentity identity;
    private final List<String> seeds;
    private final List<MemberEvent> events = new ArrayList<>();
    private final Map<String, byte[]> received = new TreeMap<>();
    private StoreId store;
    private long joinedMillis = SimTime.EPOCH_MILLIS;
    private byte[] attached = new byte[0];
    private List<Member> acquainted = List.of();
    private @Nullable Membership membership;

    SimMember(
            SimCluster cluster, SimHost host, NodeId id, StoreId store, ClusterIdentity identity, List<String> seeds) {
        this.cluster = cluster;
        this.host = host;
        this.id = id;
        this.store = store;
        this.identity = identity;
        this.seeds = seeds;
    }

    Member beginning() {
        return Member.beginning(id, host.address(), store, joinedMillis, "normal", "1.0.0");
    }

    void acquaintWith(List<Member> everybody) {
        acquainted = everybody;
    }

    SimMember joinedAt(long millis) {
        joinedMillis = millis;
        return this;
    }

    SimMember attach(byte[] bytes) {
        attached = bytes;
        return this;
    }

    /** Starts the process, on a machine that is up or down. */
    SimMember start() {
        if (!host.isUp()) {
            host.restart();
        }
        Parts parts = cluster.planted().apply(Parts.of(beginning()));
        acquainted.stream()
                .filter(member -> !member.id().equals(id))
                .forEach(member ->
                        parts.list().put(new Peer(member, cluster.world().millis())));
        Network network = cluster.network().connect(host, id.value());
        Membership fresh = new Membership(
                cluster.settingsFor(seeds),
                identity,
                parts,
                new Membership.Ports(host.time(), host.scheduler(), network, host.randomness()),
                attachment(),
                events::add);
        host.serve(cluster.servicesOf(fresh));
        membership = fresh;
        fresh.join();
        return this;
    }

    private Attachment attachment() {
        return new Attachment() {
            @Override
            public byte[] outgoing() {
                return attached;
            }

            @Override
            public void incoming(NodeId from, byte[] bytes) {
                received.put(from.value(), bytes);
            }
        };
    }

    /** The node's own name comes back with an empty data directory. */
    SimMember emptyDisk() {
        store = new StoreId(
                new UUID(store.value().getMostSignificantBits(), store.value().getLeastSignificantBits() + 1));
        joinedMillis = host.time().epochMillis();
        acquainted = List.of();
        return this;
    }

    SimHost host() {
        return host;
    }

    NodeId id() {
        return id;
    }

    StoreId store() {
        return store;
    }

    Membership membership() {
        if (membership == null) {
            throw new IllegalStateException(id + " has not been started");
        }
        return membership;
    }

    List<MemberEvent> events() {
        return events;
    }

    Map<String, byte[]> received() {
        return received;
    }

    long count(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).count();
    }

    long count(Kind kind, SimMember about) {
        return events.stream()
                .filter(event -> event.kind() == kind && event.member().id().equals(about.id))
                .count();
    }

    /** What this node thinks of another; null when it is not on its list. */
    @Nullable
    MemberState stateOf(SimMember other) {
        Member known = memberOf(other);
        return known == null ? null : known.state();
    }

    @Nullable
    Member memberOf(SimMember other) {
        return membership().members().stream()
                .map(MemberView::member)
                .filter(member -> member.id().equals(other.id))
                .findFirst()
                .orElse(null);
    }

    boolean seesAlive(Collection<SimMember> expected) {
        List<MemberView> live = membership().members().stream()
                .filter(view -> view.member().state() == MemberState.ALIVE)
                .toList();
        return live.size() == expected.size()
                && expected.stream()
                        .allMatch(other ->
                                live.stream().anyMatch(view -> view.member().sameHome(other.beginning())));
    }

    /** The node in one line: how many it sees alive, and whom not. */
    @Override
    public String toString() {
        List<Member> known =
                membership().members().stream().map(MemberView::member).toList();
        long alive = known.stream()
                .filter(member -> member.state() == MemberState.ALIVE)
                .count();
        String others = known.stream()
                .filter(member -> member.state() != MemberState.ALIVE)
                .map(member -> member.id() + "=" + member.state().word() + "/" + member.incarnation())
                .collect(Collectors.joining(" "));
        return id + (host.isUp() ? "" : " (down)") + ": " + alive + " alive " + others + " "
                + membership().status().standing();
    }
}
