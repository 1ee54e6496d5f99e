package dev.kvs.simulation;

import dev.kvs.membership.ClusterIdentity;
import dev.kvs.membership.Member;
import dev.kvs.membership.MemberEvent;
import dev.kvs.membership.Membership;
import dev.kvs.membership.MembershipSettings;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimNetwork;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.CoordinatorSettings;
import dev.kvs.replication.LocalCoordinator;
import dev.kvs.replication.Stripes;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.ReplicationMetrics;
import dev.kvs.replication.gossip.ReplicationSettings;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.StoreSettings;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.TableSettings;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A whole node but for its web server: real store on a simulated disk, real membership, real replication. */
final class SimNode {
    static final long MAX_SKEW_MILLIS = 500;

    private final NodeId id;
    private final SimNetwork network;
    private final SimHost host;
    private final List<String> seeds;
    private final SimDisk disk;
    private final Planted planted;
    private @Nullable Running running;

    /** What a process has and a crash takes. */
    private record Running(
            Store store, LocalCoordinator coordinator, Membership membership, GossipReplication replication) {}

    SimNode(String name, SimNetwork network, List<String> seeds, SimDisk disk, Planted planted) {
        this.id = new NodeId(name);
        this.network = network;
        this.host = network.host(name + ":8080");
        this.seeds = seeds;
        this.disk = disk;
        this.planted = planted;
    }

    SimHost host() {
        return host;
    }

    NodeId id() {
        return id;
    }

    SimDisk disk() {
        return disk;
    }

    boolean isUp() {
        return running != null;
    }

    Store store() {
        return running().store;
    }

    GossipReplication replication() {
        return running().replication;
    }

    Membership membership() {
        return running().membership;
    }

    Coordinator coordinator() {
        return running().coordinator;
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException(id + " is down");
        }
        return running;
    }

    /** Starts the process on what the disk holds. */
    void start() throws IOException {
        WinnerTree tree = new WinnerTree();
        Store store = StoreOpening.openUnthreaded(
                planted.disk(disk), storeSettings(), id, host.time(), host.randomness(), planted.digest(tree));
        // Calls that are made before the services are known go nowhere, as with a port that is not open yet.
        Network[] link = new Network[1];
        Network late = (address, path, body, timeout, then) -> link[0].call(address, path, body, timeout, then);
        Stripes stripes = new Stripes();
        Map<PeerPath, Network.Service> services = new EnumMap<>(PeerPath.class);
        GossipReplication replication = new GossipReplication(
                store,
                tree,
                stripes,
                new GossipReplication.Ports(host.time(), host.scheduler(), planted.network(late), host.randomness()),
                new ReplicationSettings(MAX_SKEW_MILLIS, 1_000, 10_000, 2_000, 5, 5, 2_000),
                ReplicationMetrics.NONE,
                () -> {});
        Membership membership = new Membership(
                new MembershipSettings(seeds, 10_000, 20_000, 1_000, 300_000, 600_000),
                new ClusterIdentity("sim", "oldest-node", "gossip"),
                Member.beginning(id, host.address(), store.id(), store.joinedMillis(), "normal", "1.0.0"),
                new Membership.Ports(host.time(), host.scheduler(), late, host.randomness()),
                replication.attachment(),
                (MemberEvent event) -> replication.on(event));
        services.putAll(membership.services());
        services.putAll(replication.services());
        link[0] = network.connect(host, id.value(), services);
        LocalCoordinator coordinator = new LocalCoordinator(
                store,
                stripes,
                replication.copies(),
                () -> refuseWhenAhead(membership),
                host.time(),
                host.randomness(),
                new CoordinatorSettings(0, 10_000, 1_000, 600_000));
        running = new Running(store, coordinator, membership, replication);
        replication.start(!seeds.isEmpty() && replication.isEmpty());
        membership.join();
        keepHouseLater(store);
    }

    private static void refuseWhenAhead(Membership membership) {
        OptionalLong ahead = membership.status().clockAheadMillis();
        if (ahead.isPresent() && ahead.getAsLong() > MAX_SKEW_MILLIS) {
            throw new KvsException(ErrorCode.CLOCK_SKEW, "The clock is ahead.");
        }
    }

    private void keepHouseLater(Store store) {
        host.scheduler().after(60_000, () -> {
            store.keepHouse();
            keepHouseLater(store);
        });
    }

    private static StoreSettings storeSettings() {
        return new StoreSettings(
                1 << 20,
                1 << 16,
                1 << 18,
                5_000,
                60_000,
                3_600_000,
                new TableSettings(1_024, 1, 100, 720 * 3_600_000L, new BodyCompression(false, 512, 3)));
    }

    /** Ends the process; the operating system keeps what it was given. */
    void kill() {
        running = null;
        host.kill();
        disk.restartProcess();
        host.restart();
    }

    /** Ends the machine; what was not synced is lost, torn or out of order. */
    void cutPower(CrashModel model) {
        running = null;
        host.cutPower();
        disk.cutPower();
        disk.restart(model);
        host.restart();
    }
}
