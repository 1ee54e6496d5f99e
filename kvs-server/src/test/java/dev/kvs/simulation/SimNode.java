package dev.kvs.simulation;

import dev.kvs.membership.ClusterIdentity;
import dev.kvs.membership.Member;
import dev.kvs.membership.Membership;
import dev.kvs.membership.MembershipSettings;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimNetwork;
import dev.kvs.platform.SimRandomness;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.CoordinatorSettings;
import dev.kvs.replication.LocalCoordinator;
import dev.kvs.replication.Stripes;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.ReplicationSettings;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreOpening;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A whole node but for its web server: real store on a simulated disk, real membership, real replication. */
final class SimNode {
    static final long MAX_SKEW_MILLIS = 500;
    static final long HOUSEKEEPING_MILLIS = 10_000;

    private final NodeId id;
    private final SimNetwork network;
    private final SimHost host;
    private final Scenario scenario;
    private final Planted planted;
    private final Tally tally;
    private final SimRandomness crashes;
    private SimDisk disk;
    private @Nullable Running running;
    private VersionVector lastKnowledge = VersionVector.EMPTY;
    private @Nullable DiskSnapshot snapshot;
    private boolean tookOver;
    private boolean tookOverBefore;
    private long latestClockMillis;

    /** What a process has and a crash takes. */
    private record Running(
            Store store,
            LocalCoordinator coordinator,
            SystemKeyspace system,
            Reading reading,
            Map<Key, Version> systemChanges,
            Membership membership,
            GossipReplication replication,
            boolean[] syncing) {}

    SimNode(String name, SimNetwork network, Scenario scenario, long diskSeed, Planted planted, Tally tally) {
        this.id = new NodeId(name);
        this.network = network;
        this.host = network.host(name + ":8080");
        this.scenario = scenario;
        this.disk = new SimDisk(diskSeed);
        this.crashes = new SimRandomness(diskSeed).fork("crashes");
        this.planted = planted;
        this.tally = tally;
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

    SystemKeyspace system() {
        return running().system;
    }

    Reading reading() {
        return running().reading;
    }

    /** The last change of each system key of which this process was told. */
    Map<Key, Version> systemChanges() {
        return running().systemChanges;
    }

    /** Whether the node catches up and takes no writes. */
    boolean isSyncing() {
        return running().syncing[0];
    }

    Coordinator coordinator() {
        return running().coordinator;
    }

    /** Whether the storage has failed, so that only a restart helps. */
    boolean isPoisoned() {
        return running != null && running.store.failure().reason() != null;
    }

    /** What is durable here, or was when the node went down: its disk has at least this. */
    VersionVector knowledge() {
        return running == null ? lastKnowledge : running.store.feed().knowledge();
    }

    /** Whether this disk was filled from a peer, which gives winners without their histories. */
    boolean tookOver() {
        noteTakeOver();
        return tookOver;
    }

    /** Whether this disk, or one that it has lost, was filled from a peer: others may have got from it what it had. */
    boolean everTookOver() {
        return tookOver() || tookOverBefore;
    }

    /** Whoever joins before anything was written takes nothing over, and has everything that comes after. */
    private void noteTakeOver() {
        tookOver |= running != null && running.syncing[0] && !running.replication.isEmpty();
    }

    /** The latest that this node's wall clock has ever shown. */
    long latestClockMillis() {
        latestClockMillis = Math.max(latestClockMillis, host.time().epochMillis());
        return latestClockMillis;
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException(id + " is down");
        }
        return running;
    }

    /**
     * Starts the process on what the disk holds.
     *
     * @param seeds whom to ask; nobody for the one that founds the cluster
     */
    void start(List<String> seeds) throws IOException {
        WinnerTree tree = new WinnerTree();
        Store store = StoreOpening.openUnthreaded(
                planted.disk(disk), scenario.storeSettings(), id, host.time(), host.randomness(), planted.digest(tree));
        // Calls that are made before the services are known go nowhere, as with a port that is not open yet.
        Network[] link = new Network[1];
        Network late = (address, path, body, timeout, then) ->
                link[0].call(address, path, body, timeout, outcome -> guarded(() -> then.accept(outcome)));
        Scheduler timers = (delay, task) -> host.scheduler().after(delay, () -> guarded(task));
        Stripes stripes = new Stripes();
        boolean[] syncing = new boolean[1];
        GossipReplication replication = new GossipReplication(
                store,
                tree,
                stripes,
                new GossipReplication.Ports(
                        planted.replicationTime(host.time()), timers, planted.network(late, store), host.randomness()),
                new ReplicationSettings(MAX_SKEW_MILLIS, 1_000, 10_000, 2_000, 5, 5, 2_000, scenario.votes()),
                new CountedReplication(tally, planted),
                now -> {
                    noteTakeOver();
                    syncing[0] = now;
                });
        planted.opened(store);
        Membership membership = new Membership(
                new MembershipSettings(seeds, 10_000, 20_000, scenario.probeMillis(), 300_000, 600_000),
                new ClusterIdentity("sim", scenario.votes() ? "majority-vote" : "oldest-node", "gossip"),
                Member.beginning(id, host.address(), store.id(), store.joinedMillis(), "normal", "1.0.0"),
                new Membership.Ports(host.time(), timers, late, host.randomness()),
                replication.attachment(),
                replication::on);
        Map<PeerPath, Network.Service> services = new EnumMap<>(PeerPath.class);
        services.putAll(membership.services());
        services.putAll(replication.services());
        services.replaceAll((path, service) -> guarded(planted.service(path, service, store)));
        link[0] = network.connect(host, id.value(), services);
        LocalCoordinator coordinator = new LocalCoordinator(
                store,
                stripes,
                replication.copies(),
                () -> admit(membership, syncing[0]),
                host.time(),
                host.randomness(),
                new CoordinatorSettings(0, 10_000, 1_000, 600_000, 100));
        SystemKeyspace system = new SystemKeyspace(store, coordinator, host.time());
        Map<Key, Version> changes = new HashMap<>();
        system.onChange(planted.listener(winner -> changes.put(winner.key(), winner)));
        Reading reading = planted.reading(store, system, host.time());
        running = new Running(store, coordinator, system, reading, changes, membership, replication, syncing);
        replication.start(!seeds.isEmpty() && replication.isEmpty());
        replication.onRename(name -> {
            tally.count("stores renamed");
            membership.changeStore(name);
        });
        membership.join();
        keepHouseLater(store, timers);
    }

    private void admit(Membership membership, boolean syncing) {
        if (syncing) {
            throw new KvsException(ErrorCode.SYNCING, "The node is catching up.");
        }
        OptionalLong ahead = membership.status().clockAheadMillis();
        if (ahead.isPresent() && ahead.getAsLong() > MAX_SKEW_MILLIS) {
            tally.count(Misfortune.CLOCK_REFUSAL);
            throw new KvsException(ErrorCode.CLOCK_SKEW, "The clock is ahead.");
        }
    }

    private static void keepHouseLater(Store store, Scheduler timers) {
        timers.after(HOUSEKEEPING_MILLIS, () -> {
            // First, so that a storage that fails does not end the round for good.
            keepHouseLater(store, timers);
            store.keepHouse();
        });
    }

    /** Does what the node does, and looks afterwards whether its machine has lost its power meanwhile. */
    private void guarded(Runnable work) {
        if (!disk.isPowered()) {
            darken();
            return;
        }
        try {
            work.run();
        } catch (KvsException e) {
            // The real scheduler logs and goes on; here only a storage that has failed is an excuse.
            Violation.unless(isPoisoned(), () -> id + " fails although its storage is well: " + e.detail());
            tally.count("tasks ended by a failed storage");
        }
        if (!disk.isPowered()) {
            darken();
        }
    }

    private Network.Service guarded(Network.Service service) {
        return (caller, body) -> {
            try {
                return service.answer(caller, body);
            } finally {
                if (!disk.isPowered()) {
                    darken();
                }
            }
        };
    }

    /** Does what a client asks of this node; what the power cut interrupts is over. */
    void onBehalfOfClient(Runnable work) {
        try {
            work.run();
        } finally {
            if (!disk.isPowered()) {
                darken();
            }
        }
    }

    /** Ends the process; the operating system keeps what it was given. */
    void kill() {
        tally.count(Misfortune.KILL);
        host.kill();
        abandon();
        disk.restartProcess();
        host.restart();
    }

    /** Says goodbye and ends the process in order. */
    void stop() {
        Running stopping = running();
        stopping.membership.leave();
        stopping.replication.close();
        stopping.membership.close();
        lastKnowledge = stopping.store.feed().knowledge();
        noteTakeOver();
        running = null;
        try {
            stopping.store.close();
            tally.count(Misfortune.CLEAN_STOP);
        } catch (IOException e) {
            tally.count("clean stops that failed");
        }
        if (disk.isPowered()) {
            host.kill();
            disk.restartProcess();
            host.restart();
        } else {
            tally.count(Misfortune.POWER_CUT_WRITING);
            host.cutPower();
            settle();
        }
    }

    /** Ends the machine between two operations of its disk. */
    void cutPower() {
        tally.count(Misfortune.POWER_CUT_IDLE);
        host.cutPower();
        abandon();
        settle();
    }

    /** The power was cut in the middle of an operation. */
    private void darken() {
        if (running == null) {
            return;
        }
        tally.count(Misfortune.POWER_CUT_WRITING);
        host.cutPower();
        abandon();
        settle();
    }

    private void settle() {
        CrashModel[] models = CrashModel.values();
        CrashModel model = models[(int) crashes.between(0, models.length - 1)];
        switch (model) {
            case TORN_LAST -> tally.count(Misfortune.TORN_WRITE);
            case RANDOM_SECTORS, REORDER -> tally.count(Misfortune.UNORDERED_WRITES);
            case LOSE_ALL, KEEP_ALL -> tally.count("power cuts that lose all or nothing");
        }
        disk.restart(model);
        host.restart();
    }

    /** Takes the process away. What it held in memory outside this test's reach (H2's registry) has to be given back. */
    private void abandon() {
        Running gone = running();
        lastKnowledge = gone.store.feed().knowledge();
        noteTakeOver();
        running = null;
        if (disk.isPowered()) {
            disk.cutPower();
        }
        try {
            gone.store.close();
        } catch (IOException | KvsException e) {
            tally.count("stores closed without power");
        }
    }

    /** Gives the node, which is down, an empty disk. */
    void loseDisk(long seed) {
        Violation.unless(running == null, () -> "the disk of a running node is not changed");
        tally.count(Misfortune.DISK_LOST);
        disk = new SimDisk(seed);
        lastKnowledge = VersionVector.EMPTY;
        tookOverBefore |= tookOver;
        tookOver = false;
    }

    /** What the disk may be taken back to later; null as long as there is none. */
    @Nullable
    DiskSnapshot snapshot() {
        return snapshot;
    }

    DiskSnapshot takeSnapshot() {
        snapshot = new DiskSnapshot(disk.fork(), store().id(), knowledge());
        return snapshot;
    }

    /** Takes the disk of the node, which is down, back to the snapshot. */
    void rollBack(DiskSnapshot earlier) {
        Violation.unless(running == null, () -> "the disk of a running node is not changed");
        tally.count(Misfortune.DISK_ROLLED_BACK);
        disk = earlier.disk().fork();
        disk.restart(CrashModel.LOSE_ALL);
        lastKnowledge = earlier.knowledge();
    }
}
