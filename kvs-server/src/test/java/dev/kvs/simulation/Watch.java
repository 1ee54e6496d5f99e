package dev.kvs.simulation;

import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What must hold at every moment, on every node, however broken the world is. */
final class Watch {
    private final SimCluster cluster;
    private final Scenario scenario;
    private final Map<Seat, Version> winners = new HashMap<>();

    /** A key on a disk. */
    private record Seat(Object disk, Key key) {}

    Watch(SimCluster cluster, Scenario scenario) {
        this.cluster = cluster;
        this.scenario = scenario;
    }

    /** Looks at one node. */
    void look(SimNode node) {
        if (!node.isUp() || node.isPoisoned()) {
            return;
        }
        try {
            for (Key key : Clients.keys()) {
                Version winner = node.store().winner(key);
                neverGoesBack(node, key, winner);
                hidesTheFuture(node, winner);
                hidesTheExpired(node, key);
            }
            keepsTheSystemApart(node);
            tellsOfTheSystem(node);
            claimsOnlyWhatItHas(cluster, scenario, node);
        } catch (KvsException e) {
            Violation.unless(node.isPoisoned() || !node.disk().isPowered(), () -> "reading fails: " + e.detail());
        }
    }

    /** What a reader has seen, later readers of the same disk see too, or something newer. */
    private void neverGoesBack(SimNode node, Key key, @Nullable Version winner) {
        Version before = winner == null
                ? winners.get(new Seat(node.disk(), key))
                : winners.put(new Seat(node.disk(), key), winner);
        if (before == null) {
            return;
        }
        if (winner == null || VersionOrder.INSTANCE.compare(winner, before) < 0) {
            Violation.unless(
                    cluster.promises().mayBeCollected(before, latestClock()),
                    () -> node.id() + " showed " + before + " and shows " + winner + " now");
        }
    }

    private void hidesTheFuture(SimNode node, @Nullable Version winner) {
        if (winner != null && !winner.origin().store().equals(node.store().id())) {
            Violation.unless(
                    Hlc.millis(winner.hlc()) <= node.latestClockMillis() + SimNode.MAX_SKEW_MILLIS,
                    () -> node.id() + " shows the future " + winner + " at " + node.latestClockMillis());
        }
    }

    private static void hidesTheExpired(SimNode node, Key key) {
        long now = node.host().time().epochMillis();
        node.reading()
                .get(key)
                .ifPresent(visible -> Violation.unless(
                        visible.expiresAt() > now && visible.body() != null,
                        () -> node.id() + " shows the expired " + visible));
    }

    /** Listings show every visible document and no key of the system; the system's own show the others. */
    private static void keepsTheSystemApart(SimNode node) {
        Reading reading = node.reading();
        Set<Key> documents = new TreeSet<>();
        Set<Key> ofSystem = new TreeSet<>();
        for (Key key : Clients.keys()) {
            reading.get(key).ifPresent(visible -> (key.isSystem() ? ofSystem : documents).add(key));
        }
        for (boolean reverse : new boolean[] {false, true}) {
            Set<Key> found = reading.documents(reverse);
            Violation.unless(found.equals(documents), () -> node.id() + " lists " + found + ", not " + documents);
        }
        List<String> roots = reading.roots();
        Violation.unless(
                roots.equals(documents.isEmpty() ? List.of() : List.of("k")),
                () -> node.id() + " has the directories " + roots);
        Set<Key> system = reading.ofSystem();
        Violation.unless(
                system.equals(ofSystem), () -> node.id() + " lists of the system " + system + ", not " + ofSystem);
    }

    /** Whoever listens to the system knows the winners that have come since the process began, in the end. */
    private static void tellsOfTheSystem(SimNode node) {
        node.systemChanges().forEach((key, told) -> {
            Version winner = node.store().winner(key);
            Violation.unless(
                    winner == null || winner.uuid().equals(told.uuid()),
                    () -> node.id() + " has told of " + told + " last and has " + winner);
        });
    }

    /** What a node claims to know is there, or something that has seen it. */
    static void claimsOnlyWhatItHas(SimCluster cluster, Scenario scenario, SimNode node) {
        VersionVector knowledge = node.knowledge();
        for (Promises.Promise promise : cluster.promises().all()) {
            Version version = promise.version();
            Dot dot = version.dot();
            if (promise.isExcused()
                    || cluster.promises().isAmbiguous(dot)
                    || !knowledge.contains(dot)
                    || node.store().feed().holds(dot)) {
                continue;
            }
            Version winner = node.store().winner(version.key());
            List<Version> others = new ArrayList<>(node.store().heldBack());
            others.removeIf(other -> !other.key().equals(version.key()));
            if (winner != null) {
                others.add(winner);
            }
            boolean replaced = others.stream().anyMatch(other -> other.vector().contains(dot));
            boolean beaten = others.stream().anyMatch(other -> VersionOrder.INSTANCE.compare(other, version) > 0);
            Violation.unless(
                    replaced
                            || (beaten && (node.tookOver() || scenario.prunes()))
                            || isLeftOutAsPruned(cluster, scenario, version)
                            || cluster.promises().mayBeCollected(version, latestClock(cluster)),
                    () -> node.id() + " claims to know " + version + " and has " + winner);
        }
    }

    /**
     * Left out by a node that has only what replaced it, because it pruned the rest or took over winners, maybe on a disk that
     * was lost since; what has replaced it may still be on its way.
     */
    private static boolean isLeftOutAsPruned(SimCluster cluster, Scenario scenario, Version version) {
        boolean leavesOut = scenario.prunes() || cluster.nodes().stream().anyMatch(SimNode::everTookOver);
        return leavesOut
                && (cluster.promises().isBeaten(version)
                        || cluster.nodes().stream().anyMatch(node -> isBeatenOn(node, version)));
    }

    private static boolean isBeatenOn(SimNode node, Version version) {
        Version winner = node.isUp() && !node.isPoisoned() ? node.store().winner(version.key()) : null;
        return winner != null && VersionOrder.INSTANCE.compare(winner, version) > 0;
    }

    private long latestClock() {
        return latestClock(cluster);
    }

    /** The latest that any clock has ever shown. */
    static long latestClock(SimCluster cluster) {
        List<SimNode> nodes = cluster.nodes();
        return nodes.stream().mapToLong(SimNode::latestClockMillis).max().orElse(0);
    }

    /** The process on this disk was replaced by a test's own doing; nothing seen before counts. */
    void forget(SimNode node) {
        winners.keySet().removeIf(seat -> Objects.equals(seat.disk, node.disk()));
    }
}
