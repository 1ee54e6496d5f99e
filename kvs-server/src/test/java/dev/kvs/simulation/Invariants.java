package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold once everything is whole again. */
final class Invariants {
    private Invariants() {}

    /** Whether all nodes hold the same winners, have the same roots, and know the same. */
    static boolean agree(SimCluster cluster) {
        SimNode first = cluster.nodes().getFirst();
        for (SimNode node : cluster.nodes()) {
            if (node.replication().tree().root() != first.replication().tree().root()
                    || !node.replication()
                            .knowledge()
                            .equals(first.replication().knowledge())) {
                return false;
            }
        }
        return true;
    }

    static void check(SimCluster cluster, String run) {
        SimNode first = cluster.nodes().getFirst();
        for (SimNode node : cluster.nodes()) {
            for (Key key : SimCluster.keys()) {
                assertThat(digestOf(node.store().winner(key)))
                        .as("%s: the winner of %s on %s and %s", run, key, node.id(), first.id())
                        .isEqualTo(digestOf(first.store().winner(key)));
            }
            assertThat(recomputed(node))
                    .as("%s: the tree of %s holds what its winners are", run, node.id())
                    .isEqualTo(node.replication().tree().root());
            for (Version version : cluster.acknowledged()) {
                checkKept(node, version, run);
            }
            checkKnowledge(cluster, node, run);
        }
    }

    private static long recomputed(SimNode node) {
        long sum = 0;
        for (Key key : SimCluster.keys()) {
            Version winner = node.store().winner(key);
            if (winner != null && node.store().feed().isCounted(winner)) {
                sum += winner.digestPrefix();
            }
        }
        return sum;
    }

    private static @Nullable String digestOf(@Nullable Version version) {
        return version == null ? null : Long.toHexString(version.digestPrefix());
    }

    /** It is the winner, or the winner has seen it, or it or something that has seen it lost a conflict and is kept. */
    private static void checkKept(SimNode node, Version version, String run) {
        Version winner = node.store().winner(version.key());
        assertThat(winner)
                .as("%s: %s has a winner for the acknowledged %s", run, node.id(), version)
                .isNotNull();
        Version best = Objects.requireNonNull(winner);
        if (!best.vector().contains(version.dot())) {
            assertThat(VersionOrder.INSTANCE.compare(best, version))
                    .as("%s: on %s the winner %s beats %s", run, node.id(), best, version)
                    .isPositive();
            // The loser of a conflict, or replaced by one.
            assertThat(node.store().history(version.key()).versions())
                    .as("%s: on %s the loser %s stands in the history", run, node.id(), version)
                    .anyMatch(kept -> kept.vector().contains(version.dot()));
        }
        if (best.vector().contains(version.dot()) && version.kind() == Kind.TOMBSTONE) {
            assertThat(VersionOrder.INSTANCE.compare(best, version))
                    .as("%s: on %s nothing older than the deletion %s is alive", run, node.id(), version)
                    .isNotNegative();
        }
    }

    /** What a node claims to know is there, or something that has seen it. */
    private static void checkKnowledge(SimCluster cluster, SimNode node, String run) {
        VersionVector knowledge = node.replication().knowledge();
        for (Version version : cluster.acknowledged()) {
            Dot dot = version.dot();
            if (knowledge.contains(dot) && !node.store().feed().holds(dot)) {
                Version winner = node.store().winner(version.key());
                assertThat(winner != null && VersionOrder.INSTANCE.compare(winner, version) > 0)
                        .as("%s: %s claims to know %s", run, node.id(), version)
                        .isTrue();
            }
        }
    }
}
