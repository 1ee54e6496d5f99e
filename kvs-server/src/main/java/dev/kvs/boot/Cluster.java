package dev.kvs.boot;

import dev.kvs.boot.config.ClusterConfig;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.http.Meters;
import dev.kvs.membership.ClusterIdentity;
import dev.kvs.membership.Member;
import dev.kvs.membership.MemberEvent;
import dev.kvs.membership.Membership;
import dev.kvs.membership.MembershipSettings;
import dev.kvs.membership.Standing;
import dev.kvs.model.KvsException;
import dev.kvs.peer.HttpNetwork;
import dev.kvs.peer.PeerDoor;
import dev.kvs.peer.session.NodeCredentials;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SystemScheduler;
import dev.kvs.platform.Time;
import dev.kvs.replication.Copies;
import dev.kvs.replication.Stripes;
import dev.kvs.replication.audit.HeadExchange;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.PeerState;
import dev.kvs.replication.gossip.ReplicationSettings;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.JoinReport;
import dev.kvs.wire.LeaveReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's part in a cluster: sessions with other nodes, membership, replication. */
final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** Other stores' writes are left to their origins for so long: many times what a push takes. */
    private static final long RELAY_MILLIS = 1_000;

    /** How long an answer of a peer is waited for: a batch is stored in milliseconds, a checkpoint may come before. */
    private static final long CALL_MILLIS = 15_000;

    /** How often the own clock is compared with the others'. */
    private static final long CLOCK_MILLIS = 1_000;

    /** A call and, when a member is in the way, some repetitions. */
    private static final long JOIN_MILLIS = 10_000;

    private final NodeConfig config;
    private final Store store;
    private final NodeMode mode;
    private final Time time;
    private final Randomness randomness;
    private final SystemScheduler scheduler = new SystemScheduler();
    private final HttpNetwork network;
    private final GossipReplication replication;
    private final ClusterIdentity identity;
    private final List<PeerRoute> routes;
    private final Departure departure;
    private final ClusterMeters clusterMeters;
    private final boolean joining;
    private final Optional<HeadExchange> heads;
    private volatile @Nullable Membership membership;
    private volatile long clockAheadMillis;

    private Cluster(
            NodeConfig config,
            Store store,
            WinnerTree tree,
            Stripes stripes,
            NodeMode mode,
            Meters meters,
            Optional<SSLContext> tls,
            Time time,
            Randomness randomness,
            Optional<Audit> audit) {
        this.config = config;
        this.store = store;
        this.mode = mode;
        this.time = time;
        this.randomness = randomness;
        NodeCredentials credentials = ClusterSecret.credentials(config);
        this.identity = new ClusterIdentity(
                credentials.clusterId(),
                word(config.cluster().conflictPolicy()),
                word(config.cluster().mode()));
        this.network = new HttpNetwork(credentials, tls, time, randomness);
        this.replication = new GossipReplication(
                store,
                tree,
                stripes,
                new GossipReplication.Ports(time, scheduler, network, randomness),
                settings(config),
                new ReplicationMeters(meters, audit.map(Audit::trail)),
                this::catchingUp);
        this.heads = audit.map(this::heads);
        this.routes = new PeerDoor(credentials, services(), time, randomness).routes();
        this.departure = new Departure(config.nodeId(), mode, replication, scheduler);
        this.clusterMeters = new ClusterMeters(meters, store, replication);
        // Before the node listens: a write that came in between would make an empty node seem to be none.
        this.joining = !config.cluster().seedNodes().isEmpty() && replication.isEmpty();
        mode.syncing(joining);
    }

    /** Puts the parts together; nothing is sent before {@link #join}. */
    static Cluster of(
            NodeConfig config,
            Store store,
            WinnerTree tree,
            Stripes stripes,
            NodeMode mode,
            Meters meters,
            Optional<SSLContext> tls,
            Time time,
            Randomness randomness,
            Optional<Audit> audit) {
        return new Cluster(config, store, tree, stripes, mode, meters, tls, time, randomness, audit);
    }

    private HeadExchange heads(Audit audit) {
        return new HeadExchange(
                config.nodeId(),
                audit.log(),
                audit.trail(),
                new HeadExchange.Ports(time, scheduler, network),
                () -> replication.peers().stream()
                        .filter(PeerState::live)
                        .map(peer -> new HeadExchange.Peer(peer.id(), peer.address()))
                        .toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ReplicationSettings settings(NodeConfig config) {
        ClusterConfig cluster = config.cluster();
        return new ReplicationSettings(
                config.storage().maxClockSkew().toMillis(),
                RELAY_MILLIS,
                cluster.syncInterval().toMillis(),
                cluster.catchupInterval().toMillis(),
                cluster.throttleDelay().toMillis(),
                cluster.fetchDelay().toMillis(),
                CALL_MILLIS,
                cluster.conflictPolicy() == ClusterConfig.ConflictPolicy.MAJORITY_VOTE);
    }

    /** Membership begins when the port is known, its services are mounted before. */
    private Map<PeerPath, Network.Service> services() {
        Map<PeerPath, Network.Service> services = new EnumMap<>(replication.services());
        for (PeerPath path : List.of(PeerPath.JOIN, PeerPath.GOSSIP, PeerPath.PROBE, PeerPath.PROBE_FOR)) {
            services.put(path, (caller, body) -> member(path).answer(caller, body));
        }
        heads.ifPresent(exchange -> services.put(PeerPath.AUDIT, (caller, body) -> exchange.answer(body)));
        return services;
    }

    private Network.Service member(PeerPath path) {
        Membership now = membership;
        Network.Service service = now == null ? null : now.services().get(path);
        if (service == null) {
            throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node is starting; ask again in a moment.");
        }
        return service;
    }

    /** What the listener serves to other nodes. */
    List<PeerRoute> routes() {
        return routes;
    }

    /** Counts the nodes that hold a write. */
    Copies copies() {
        return replication.copies();
    }

    GossipReplication replication() {
        return replication;
    }

    /** Membership, once the node listens. */
    @Nullable
    Membership membership() {
        return membership;
    }

    void admit() {
        long ahead = clockAheadMillis;
        if (ahead > config.storage().maxClockSkew().toMillis()) {
            throw new KvsException(
                    ErrorCode.CLOCK_SKEW,
                    "This node's clock is " + ahead + " ms ahead of the other members' median; the limit is "
                            + config.storage().maxClockSkew().toMillis() + " ms (max_clock_skew_ms). Set its clock"
                            + " right (NTP), or write to another node.");
        }
    }

    /** Begins to talk to others; {@code listening} is what this node listens on as {@code host:port}. */
    void join(String listening) {
        ClusterConfig cluster = config.cluster();
        String address = cluster.advertiseAddress().isEmpty() ? listening : cluster.advertiseAddress();
        Membership created = new Membership(
                new MembershipSettings(
                        cluster.seedNodes(),
                        cluster.gossipIntervalMin().toMillis(),
                        cluster.gossipIntervalMax().toMillis(),
                        cluster.probeInterval().toMillis(),
                        cluster.failureTimeout().toMillis(),
                        cluster.removalTimeout().toMillis()),
                identity,
                Member.beginning(
                        config.nodeId(),
                        address,
                        store.id(),
                        store.joinedMillis(),
                        mode.mode().word(),
                        Usage.version()),
                new Membership.Ports(time, scheduler, network, randomness),
                replication.attachment(),
                this::heard);
        membership = created;
        replication.onRename(created::changeStore);
        clusterMeters.publish(created);
        mode.onChange(changed -> created.changeMode(changed.word()));
        replication.start(joining);
        created.join();
        heads.ifPresent(HeadExchange::start);
        watchClock(created);
    }

    private void heard(MemberEvent event) {
        replication.on(event);
        clusterMeters.met(event.member().id());
    }

    private Membership begun() {
        Membership now = membership;
        if (now == null) {
            throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node is starting; ask again in a moment.");
        }
        return now;
    }

    /** Asks a member to be let in; blocks until it has answered, a few seconds at most. */
    JoinReport joinThrough(String address) {
        try {
            String problem = begun().join(address).get(JOIN_MILLIS, TimeUnit.MILLISECONDS);
            boolean joined = problem.isEmpty();
            return new JoinReport(
                    config.nodeId().value(), address, joined, joined ? address + " has let this node in." : problem);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node was stopped while it was joining.");
        } catch (ExecutionException | TimeoutException _) {
            return new JoinReport(
                    config.nodeId().value(),
                    address,
                    false,
                    address + " has not let this node in yet; it goes on asking.");
        }
    }

    /** Leaves the cluster; blocks until it is done, half a minute at most. */
    LeaveReport leave() {
        return departure.leave(begun());
    }

    /** Living members, this node included; only itself once it has left. */
    int memberCount() {
        Membership now = membership;
        boolean left = now != null && now.status().standing() instanceof Standing.Left;
        return left ? 1 : copies().possible();
    }

    private void watchClock(Membership members) {
        scheduler.after(CLOCK_MILLIS, () -> {
            clockAheadMillis = members.status().clockAheadMillis().orElse(0);
            watchClock(members);
        });
    }

    private void catchingUp(boolean now) {
        LOG.info(now ? "The node takes over what the others have" : "The node has caught up with the others");
        mode.syncing(now);
    }

    /** Stops talking. The others find out by themselves; {@code POST /members/leave} is how to say goodbye. */
    @Override
    public void close() {
        Membership now = membership;
        if (now != null) {
            now.close();
        }
        heads.ifPresent(HeadExchange::close);
        replication.close();
        scheduler.close();
        network.close();
    }
}
