package dev.kvs.simulation;

import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimNetwork;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes of a cluster in a simulated world. */
final class SimCluster {
    private final SimScheduler world = new SimScheduler();
    private final SimNetwork network;
    private final Tally tally;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<String> seeds = new ArrayList<>();
    private final Set<SimNode> started = new HashSet<>();
    private final Promises promises;
    private final int early;
    private boolean founded;
    private @Nullable SimNode away;

    SimCluster(long seed, Scenario scenario, Planted planted, Tally tally) {
        this.network = new SimNetwork(world, seed);
        this.tally = tally;
        this.promises = new Promises(scenario);
        this.early = scenario.nodes() - scenario.latecomers();
        SimRandomness disks = new SimRandomness(seed).fork("disks");
        for (int i = 0; i < scenario.nodes(); i++) {
            seeds.add("n" + i + ":8080");
            nodes.add(new SimNode("n" + i, network, scenario, disks.nextLong(), planted, tally));
        }
    }

    SimScheduler world() {
        return world;
    }

    SimNetwork network() {
        return network;
    }

    List<SimNode> nodes() {
        return nodes;
    }

    Promises promises() {
        return promises;
    }

    /** Starts all but the latecomers. */
    void found() {
        nodes.subList(0, early).forEach(this::start);
    }

    void start(SimNode node) {
        // The first founds the cluster; everybody, and the first too when it comes back, joins through any.
        start(node, founded ? seeds : List.of());
    }

    /** Starts a node that asks these seeds. */
    void start(SimNode node, List<String> asked) {
        node.disk().limitCapacity(Long.MAX_VALUE); // Whoever starts a node has made room before.
        try {
            node.start(asked);
            promises.restarted(node.store().id());
            founded = true;
            if (started.add(node) && nodes.indexOf(node) >= early) {
                tally.count(Misfortune.LATE_JOIN);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop(SimNode node) {
        if (!node.isPoisoned()) {
            node.stop();
        }
    }

    /** What is down and may be started. */
    List<SimNode> startable() {
        return nodes.stream().filter(node -> !node.isUp() && node != away).toList();
    }

    /** Takes a node away, down or cut off, until {@link #comeBack}. */
    void sendAway(SimNode node) {
        away = node;
        if (node.isUp()) {
            node.kill();
        }
    }

    void comeBack() {
        if (away != null) {
            tally.count(Misfortune.LONG_ABSENCE);
            away = null;
        }
    }

    /** The node's disk is taken back to an earlier state; what only it had and is newer is lost. */
    void rollBack(SimNode node, DiskSnapshot earlier) {
        promises.diskLost(node, nodes, earlier.knowledge());
        node.kill();
        node.rollBack(earlier);
        start(node);
        promises.forked(earlier);
    }

    /** The node's disk is replaced by an empty one; what only it had is lost. */
    void loseDisk(SimNode node, long seed) {
        promises.diskLost(node, nodes, VersionVector.EMPTY);
        node.kill();
        node.loseDisk(seed);
        // Half of them name no seeds, as the one that founded the cluster once, and have to be found.
        start(node, seed < 0 ? List.of() : seeds);
    }
}
