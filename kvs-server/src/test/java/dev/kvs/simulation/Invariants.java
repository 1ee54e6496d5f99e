package dev.kvs.simulation;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.storage.table.KeyHistory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold once everything is whole again. */
final class Invariants {
    private final SimCluster cluster;
    private final Scenario scenario;
    private final SimNode first;

    Invariants(SimCluster cluster, Scenario scenario) {
        this.cluster = cluster;
        this.scenario = scenario;
        this.first = cluster.nodes().getFirst();
    }

    /** Whether all nodes have the same roots, know the same, and hold nothing back. */
    boolean agree() {
        for (SimNode node : cluster.nodes()) {
            if (!rootsOf(node).equals(rootsOf(first))
                    || !node.knowledge().equals(first.knowledge())
                    || !node.store().heldBack().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static List<Long> rootsOf(SimNode node) {
        return Stream.of(Keyspace.values()).map(node.replication().tree()::root).toList();
    }

    /** In what the nodes differ, for people. */
    String differences() {
        StringBuilder text = new StringBuilder();
        for (SimNode node : cluster.nodes()) {
            text.append('\n')
                    .append(node.id())
                    .append(" roots ")
                    .append(rootsOf(node).stream().map(Long::toHexString).toList());
            text.append(" epoch ").append(node.store().epoch());
            text.append(" held back ").append(node.store().heldBack());
            text.append(" knows ").append(node.knowledge());
            for (Key key : Clients.keys()) {
                if (!Objects.equals(digestOf(node, key), digestOf(first, key))) {
                    text.append("\n  ").append(node.store().winner(key)).append(" instead of ");
                    text.append(first.store().winner(key));
                }
            }
        }
        return text.toString();
    }

    void check() {
        checkEqual();
        for (SimNode node : cluster.nodes()) {
            for (Key key : Clients.keys()) {
                checkConflict(node, key);
                checkNothingIsBack(node, key);
            }
            for (Keyspace keyspace : Keyspace.values()) {
                Violation.unless(
                        recomputed(node, keyspace) == node.replication().tree().root(keyspace),
                        () -> "the tree of the " + keyspace + " of " + node.id() + " is not what its winners are");
            }
            for (Promises.Promise promise : cluster.promises().all()) {
                if (!promise.isExcused()) {
                    checkKept(node, promise);
                }
            }
            Watch.claimsOnlyWhatItHas(cluster, scenario, node);
        }
    }

    /** First of all, and without the trees: these may be wrong on all nodes alike. */
    private void checkEqual() {
        for (SimNode node : cluster.nodes()) {
            for (Key key : Clients.keys()) {
                Violation.unless(
                        Objects.equals(digestOf(node, key), digestOf(first, key)),
                        () -> "the winners of " + key + " differ: " + differences());
            }
        }
    }

    private static long recomputed(SimNode node, Keyspace keyspace) {
        long sum = 0;
        for (Key key : Clients.keys()) {
            Version winner = node.store().winner(key);
            if (key.keyspace() == keyspace
                    && winner != null
                    && node.store().feed().isCounted(winner)) {
                sum += winner.digestPrefix();
            }
        }
        return sum;
    }

    /** The digest of a key's winner; null for one that may be collected, because some nodes have done so. */
    private @Nullable Long digestOf(SimNode node, Key key) {
        Version winner = node.store().winner(key);
        boolean counted = winner != null
                && cluster.nodes().stream().allMatch(any -> any.store().feed().isCounted(winner));
        return counted ? winner.digestPrefix() : null;
    }

    /**
     * An acknowledged write is the winner, or the winner has seen it, or it beats it openly: it or something that has seen it
     * stands in the history, unless that was pruned.
     */
    private void checkKept(SimNode node, Promises.Promise promise) {
        Version version = promise.version();
        Version winner = node.store().winner(version.key());
        if (winner == null || VersionOrder.INSTANCE.compare(winner, version) < 0) {
            Violation.unless(
                    cluster.promises().mayBeCollected(version, Watch.latestClock(cluster)),
                    () -> node.id() + " has lost the acknowledged " + version + "; it has " + winner);
            return;
        }
        boolean isSeen = winner.vector().contains(version.dot());
        if ((isSeen && !promise.isForked())
                || node.tookOver()
                || cluster.promises().mayBeCollected(version, Watch.latestClock(cluster))) {
            return;
        }
        KeyHistory history = node.store().history(version.key());
        // A write that has lost its dot to another one goes on under a new one: its UUID says that it is the same.
        if (history.versions().stream()
                        .anyMatch(kept ->
                                promise.isKeptAs(kept) && winner.vector().contains(kept.dot()))
                || hasSeenACopy(winner, promise)) {
            return;
        }
        boolean isHere = history.versions().stream().anyMatch(promise::isKeptAs);
        // Of a dot that was given twice it may be the other write that was seen; a copy of this one under its own
        // tells.
        boolean isSeenHere = history.versions().stream()
                .anyMatch(kept ->
                        (!promise.isForked() && kept.vector().contains(version.dot())) || hasSeenACopy(kept, promise));
        boolean isKept = isHere || isSeenHere;
        Violation.unless(
                isKept || scenario.prunes() || promise.mayMissInHistoryOf(node),
                () -> node.id() + " has lost the loser " + version + " of " + winner);
        Violation.unless(
                isKept || scenario.prunes() || !promise.staysSomewhere() || isKeptSomewhere(promise),
                () -> "nobody has the loser " + version + " of " + winner);
        // What was given the dot again only seems to have seen it.
        boolean mayBeUnknown = !isHere && promise.isOvertaken();
        Conflict conflict = node.store().conflict(version.key());
        Violation.unless(
                !isKept || mayBeUnknown || isSeen || scenario.prunes() || (conflict != null && conflict.isOpen()),
                () -> node.id() + " knows no conflict of " + version + " and " + winner + ": " + conflict);
    }

    /** Also one that did not come here, because whoever passed it on had only what replaced it. */
    private boolean hasSeenACopy(Version later, Promises.Promise promise) {
        return cluster.nodes().stream()
                .flatMap(node -> node.store().history(later.key()).versions().stream())
                .anyMatch(kept -> promise.isKeptAs(kept)
                        && later.vector().contains(kept.dot())
                        && !cluster.promises().isAmbiguous(kept.dot()));
    }

    private boolean isKeptSomewhere(Promises.Promise promise) {
        return cluster.nodes().stream()
                .anyMatch(node -> node.tookOver()
                        || node.store().history(promise.version().key()).versions().stream()
                                .anyMatch(promise::isKeptAs));
    }

    /** What an acknowledged write has replaced stays away, also once that write was collected: deleted, or expired. */
    private void checkNothingIsBack(SimNode node, Key key) {
        Version winner = node.store().winner(key);
        if (winner == null || !winner.isLiveAt(node.host().time().epochMillis())) {
            return;
        }
        Optional<Version> replacing = cluster.promises().thatReplaced(winner, Watch.latestClock(cluster));
        Violation.unless(
                replacing.isEmpty(), () -> node.id() + " shows " + winner + ", which was replaced by " + replacing);
    }

    /** What an expired value would win over is not shown by anybody, also once that value was collected. */
    void checkHidden(List<Version> expired) {
        for (SimNode node : cluster.nodes()) {
            for (Version version : expired) {
                Version winner = node.store().winner(version.key());
                Violation.unless(
                        winner == null
                                || !winner.isLiveAt(node.host().time().epochMillis())
                                || VersionOrder.INSTANCE.compare(winner, version) > 0,
                        () -> node.id() + " shows " + winner + ", which " + version + " had hidden");
            }
        }
    }

    /** An open conflict names versions that are here, and none that has been settled. */
    private void checkConflict(SimNode node, Key key) {
        Conflict conflict = node.store().conflict(key);
        if (conflict == null || !conflict.isOpen()) {
            return;
        }
        Version winner = node.store().winner(key);
        List<Version> history = node.store().history(key).versions();
        for (Conflict.Rival rival : conflict.rivals()) {
            Violation.unless(
                    history.stream().anyMatch(version -> version.uuid().equals(rival.uuid())),
                    () -> node.id() + " has an open conflict with " + rival + ", which is not in " + history);
        }
        Violation.unless(
                winner != null && conflict.rivals().stream().anyMatch(rival -> hasNotSeen(winner, rival)),
                () -> node.id() + " has a conflict that " + winner + " has settled: " + conflict);
    }

    /**
     * Whether a winner and a rival are concurrent, or may be. A copy's dot hides what its store had written before, so the
     * copied write is judged in its place; of dots that were given twice it may have seen either, and two versions that seem to
     * have seen each other are taken for concurrent.
     */
    private boolean hasNotSeen(Version winner, Conflict.Rival rival) {
        Optional<Version> original = cluster.promises().copiedBy(winner);
        if (original.isEmpty()) {
            return !winner.vector().covers(rival.vector())
                    || (rival.vector().contains(winner.dot())
                            && cluster.promises().isAmbiguous(winner.dot()));
        }
        // Of its lost store it has seen less than the copied write: that is a conflict too many, for those who cannot
        // know.
        return !rival.uuid().equals(winner.uuid())
                && (!winner.vector().covers(rival.vector())
                        || !original.get().vector().covers(rival.vector())
                        || cluster.promises().isAmbiguous(rival.dot()));
    }
}
