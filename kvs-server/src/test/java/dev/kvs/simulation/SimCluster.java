package dev.kvs.simulation;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimLink;
import dev.kvs.platform.SimNetwork;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.replication.Coordinator.Written;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A cluster in a simulated world, its clients, and everything that goes wrong with it. */
final class SimCluster {
    private static final int KEYS = 24;

    private final SimScheduler world = new SimScheduler();
    private final SimNetwork network;
    private final SimRandomness random;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<Version> acknowledged = new ArrayList<>();
    private final List<SimNode> down = new ArrayList<>();
    private int refused;

    SimCluster(long seed, int size, Planted planted) {
        this.network = new SimNetwork(world, seed);
        this.random = new SimRandomness(seed).fork("script");
        List<String> seeds = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            seeds.add("n" + i + ":8080");
        }
        for (int i = 0; i < size; i++) {
            // The first founds, the others join it.
            List<String> known = i == 0 ? List.of() : seeds;
            nodes.add(new SimNode("n" + i, network, known, new SimDisk(seed * 31 + i), planted));
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

    List<Version> acknowledged() {
        return acknowledged;
    }

    int refused() {
        return refused;
    }

    static Key key(int number) {
        return Key.of("k/" + number);
    }

    static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(key(i));
        }
        return keys;
    }

    void start() {
        nodes.forEach(this::start);
    }

    private void start(SimNode node) {
        try {
            node.start();
            down.remove(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets clients write and things go wrong for so long. */
    void chaos(long millis) {
        long end = world.millis() + millis;
        while (world.millis() < end) {
            world.runFor(random.between(1, 200));
            if (random.chance(0.75)) {
                write();
            } else {
                misfortune();
            }
        }
    }

    private SimNode any() {
        return nodes.get((int) random.between(0, nodes.size() - 1));
    }

    private void write() {
        SimNode node = any();
        if (!node.isUp()) {
            return;
        }
        Key key = key((int) random.between(0, KEYS - 1));
        try {
            Written written = random.chance(0.2)
                    ? node.coordinator().delete(key, WriteOptions.NONE)
                    : node.coordinator()
                            .put(
                                    key,
                                    ("\"" + random.between(0, 1 << 20) + "\"").getBytes(StandardCharsets.UTF_8),
                                    random.chance(0.05)
                                            ? new Expiry.After(random.between(1, 20_000))
                                            : new Expiry.Never(),
                                    WriteOptions.NONE);
            acknowledged.add(written.version());
            network.trace().note("acknowledged " + written.version());
        } catch (KvsException e) {
            refused++;
            network.trace().note("refused " + e.code());
        }
    }

    private void misfortune() {
        SimNode node = any();
        switch ((int) random.between(0, 11)) {
            case 0 -> network.everyLink(SimLink.lan().losing(random.between(0, 30) / 100.0));
            case 1 ->
                network.everyLink(SimLink.lan()
                        .delaying(500, random.between(1_000, 200_000))
                        .duplicating(0.1)
                        .reordering(0.1, 500));
            case 2 -> network.everyLink(SimLink.lan());
            case 3 -> network.cutBoth(some(), hosts());
            case 4 -> network.cut(some(), hosts());
            case 5 -> network.heal();
            case 6 -> crash(node, false);
            case 7 -> crash(node, true);
            case 8, 9 -> down.stream().findFirst().ifPresent(this::start);
            case 10 -> node.host().pause(random.between(10, 3_000));
            case 11 -> {
                if (node.isUp()) {
                    node.store().checkpoint();
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    private void crash(SimNode node, boolean power) {
        if (!node.isUp()) {
            return;
        }
        if (power) {
            CrashModel[] models = CrashModel.values();
            node.cutPower(models[(int) random.between(0, models.length - 1)]);
        } else {
            node.kill();
        }
        down.add(node);
    }

    private List<SimHost> some() {
        List<SimHost> chosen = new ArrayList<>();
        for (SimNode node : nodes) {
            if (random.chance(0.4)) {
                chosen.add(node.host());
            }
        }
        return chosen;
    }

    private List<SimHost> hosts() {
        return nodes.stream().map(SimNode::host).toList();
    }

    /** Ends all misfortune and waits until all nodes agree, at most so long; says whether they do. */
    boolean heal(long withinMillis) {
        network.heal();
        network.everyLink(SimLink.lan());
        for (SimNode node : nodes) {
            node.host().slow(0, 0);
            if (!node.isUp()) {
                start(node);
            }
        }
        long end = world.millis() + withinMillis;
        while (world.millis() < end) {
            world.runFor(500);
            if (Invariants.agree(this)) {
                return true;
            }
        }
        return false;
    }
}
