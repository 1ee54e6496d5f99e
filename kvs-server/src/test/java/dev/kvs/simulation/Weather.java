package dev.kvs.simulation;

import dev.kvs.platform.SimFault;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimLink;
import dev.kvs.platform.SimNetwork;
import dev.kvs.platform.SimRandomness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets things go wrong with the network and the machines, and makes them good again in the end. */
final class Weather {
    private static final long CLOCK_JUMP_MILLIS_MAX = Scenario.HOUR_MILLIS;

    private final SimCluster cluster;
    private final SimNetwork network;
    private final SimRandomness random;
    private final Scenario scenario;
    private final Tally tally;
    private @Nullable Misfortune partition;
    private long cutsBefore;
    private int disksLost;

    Weather(SimCluster cluster, SimRandomness random, Scenario scenario, Tally tally) {
        this.cluster = cluster;
        this.network = cluster.network();
        this.random = random;
        this.scenario = scenario;
        this.tally = tally;
    }

    /** One more thing goes wrong, or gets better. */
    void turn() {
        SimNode node =
                cluster.nodes().get((int) random.between(0, cluster.nodes().size() - 1));
        switch ((int) random.between(0, 23)) {
            case 0 -> network.everyLink(SimLink.lan().losing(random.between(1, 30) / 100.0));
            case 1 -> network.everyLink(bad());
            case 2 -> network.link(host(), host(), bad());
            case 3 -> network.everyLink(SimLink.lan());
            case 4 -> partition(Misfortune.SYMMETRIC_PARTITION);
            case 5 -> partition(Misfortune.ASYMMETRIC_PARTITION);
            case 6 -> partition(Misfortune.PARTIAL_PARTITION);
            case 7, 8 -> reconnect();
            case 9 -> whenUp(node, node::kill);
            case 10 -> whenUp(node, node::cutPower);
            case 11, 12 -> whenUp(node, () -> node.disk().crashAfter(node.disk().operations() + random.between(1, 30)));
            case 13 -> whenUp(node, () -> node.disk().failSyncFrom(node.disk().operations() + random.between(1, 20)));
            case 14 -> whenUp(node, () -> fill(node));
            case 15, 16, 17 -> recover();
            case 18 -> pause(node);
            case 19 -> slow(node);
            case 20 -> jump(node);
            case 21 -> disturbDisk(node);
            case 22 -> whenUp(node, () -> cluster.stop(node));
            case 23 -> whenUp(node, () -> keepHouse(node));
            default -> throw new IllegalStateException();
        }
    }

    private static void whenUp(SimNode node, Runnable what) {
        if (node.isUp()) {
            what.run();
        }
    }

    private SimHost host() {
        return cluster.nodes()
                .get((int) random.between(0, cluster.nodes().size() - 1))
                .host();
    }

    private SimLink bad() {
        return SimLink.lan()
                .delaying(500, random.between(1_000, 200_000))
                .losing(random.between(0, 10) / 100.0)
                .duplicating(0.1)
                .reordering(0.1, 500);
    }

    private void partition(Misfortune kind) {
        reconnect();
        partition = kind;
        cutsBefore = network.trace().count(SimFault.CUT);
        List<SimHost> some = new ArrayList<>();
        List<SimHost> others = new ArrayList<>();
        cluster.nodes().forEach(node -> (random.chance(0.4) ? some : others).add(node.host()));
        switch (kind) {
            case SYMMETRIC_PARTITION -> network.cutBoth(some, others);
            case ASYMMETRIC_PARTITION -> network.cut(some, others);
            default -> {
                for (SimHost one : some) {
                    network.cutBoth(List.of(one), List.of(others.isEmpty() ? host() : others.getFirst()));
                }
            }
        }
    }

    private void reconnect() {
        if (partition != null && network.trace().count(SimFault.CUT) > cutsBefore) {
            tally.count(partition);
        }
        partition = null;
        network.heal();
    }

    private void fill(SimNode node) {
        try {
            long used = Long.MAX_VALUE - node.disk().usableBytes();
            node.disk().limitCapacity(0);
            node.disk().limitCapacity(Math.max(0, used == 0 ? usedOf(node) : used) + random.between(0, 5_000));
        } catch (java.io.IOException e) {
            tally.count("disks without power");
        }
    }

    private static long usedOf(SimNode node) throws java.io.IOException {
        node.disk().limitCapacity(Long.MAX_VALUE - 1);
        return Long.MAX_VALUE - 1 - node.disk().usableBytes();
    }

    /** Somebody comes and starts what is down, and restarts what has a broken storage. */
    private void recover() {
        for (SimNode node : cluster.nodes()) {
            if (node.isPoisoned()) {
                repair(node);
                return;
            }
        }
        List<SimNode> down = cluster.startable();
        if (!down.isEmpty()) {
            cluster.start(down.get((int) random.between(0, down.size() - 1)));
        }
    }

    private void repair(SimNode node) {
        String reason = String.valueOf(node.store().failure().reason());
        tally.count(reason.contains("No space") ? Misfortune.DISK_FULL : Misfortune.SYNC_FAILED);
        node.kill();
        node.disk().limitCapacity(Long.MAX_VALUE);
        cluster.start(node);
    }

    private void pause(SimNode node) {
        tally.count(Misfortune.PAUSE);
        node.host().pause(random.between(10, 5_000));
    }

    private void slow(SimNode node) {
        boolean quick = random.chance(0.4);
        node.host().slow(0, quick ? 0 : random.between(10, 400));
        if (!quick) {
            tally.count(Misfortune.SLOW_NODE);
        }
    }

    private void jump(SimNode node) {
        if (scenario.jumpsClocks()) {
            node.latestClockMillis();
            long skew = random.chance(0.3) ? 0 : random.between(-CLOCK_JUMP_MILLIS_MAX, CLOCK_JUMP_MILLIS_MAX);
            node.host().jumpClock(skew - node.host().time().skewMillis());
            node.latestClockMillis();
            tally.count(Misfortune.CLOCK_JUMP);
        }
    }

    private void disturbDisk(SimNode node) {
        if (scenario.losesDisks() && node.isUp() && disksLost < 2) {
            disksLost++;
            cluster.loseDisk(node, random.nextLong());
        } else if (scenario.rollsBack() && disksLost == 0) {
            rollBack(node);
        }
    }

    private void rollBack(SimNode node) {
        for (SimNode any : cluster.nodes()) {
            DiskSnapshot earlier = any.snapshot();
            if (earlier != null) {
                if (any.isUp()) {
                    disksLost++;
                    cluster.rollBack(any, earlier);
                }
                return;
            }
        }
        if (node.isUp() && !node.isPoisoned()) {
            node.takeSnapshot();
        }
    }

    private static void keepHouse(SimNode node) {
        node.onBehalfOfClient(() -> {
            try {
                node.store().checkpoint();
                node.store().keepHouse();
            } catch (dev.kvs.model.KvsException e) {
                Violation.unless(!node.isUp() || node.isPoisoned(), () -> "housekeeping fails: " + e.detail());
            }
        });
    }

    /** Everything is whole again. */
    void clear() {
        reconnect();
        network.everyLink(SimLink.lan());
        for (SimNode node : cluster.nodes()) {
            node.host().slow(0, 0);
            node.latestClockMillis();
            node.host().time().skew(0);
            node.disk().limitCapacity(Long.MAX_VALUE);
            node.disk().crashAfter(Long.MAX_VALUE);
            node.disk().failSyncFrom(Long.MAX_VALUE);
            if (node.isPoisoned()) {
                repair(node);
            }
        }
        cluster.startable().forEach(cluster::start);
    }
}
