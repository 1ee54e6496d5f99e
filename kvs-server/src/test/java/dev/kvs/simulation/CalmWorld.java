package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A cluster to which nothing happens but what a test does. */
abstract class CalmWorld {
    static final long SEED = 20_261_123;

    private static final long LONG_MILLIS = 120_000;

    SimCluster cluster;
    Scenario scenario;

    @BeforeAll
    static void quieten() {
        Quiet.log();
    }

    @AfterEach
    void tearDown() {
        cluster.nodes().stream().filter(SimNode::isUp).forEach(SimNode::kill);
    }

    final void cluster(int nodes, int latecomers, Planted planted) {
        scenario = new Scenario(
                nodes,
                latecomers,
                0,
                Scenario.WHOLE_HISTORY,
                720 * Scenario.HOUR_MILLIS,
                Scenario.HOUR_MILLIS,
                500,
                false,
                false,
                false,
                0,
                false);
        cluster = new SimCluster(SEED, scenario, planted, new Tally());
        cluster.found();
        runUntil("the founders agree", this::agree);
    }

    final SimNode node(int number) {
        return cluster.nodes().get(number);
    }

    final boolean agree() {
        List<SimNode> up = cluster.nodes().stream().filter(SimNode::isUp).toList();
        return up.stream()
                .allMatch(node -> !node.isSyncing()
                        && node.replication().copies().possible() == up.size()
                        && rootsOf(node).equals(rootsOf(up.getFirst())));
    }

    private static List<Long> rootsOf(SimNode node) {
        return Stream.of(Keyspace.values()).map(node.replication().tree()::root).toList();
    }

    final void runUntil(String what, BooleanSupplier condition) {
        long end = cluster.world().millis() + LONG_MILLIS;
        while (!condition.getAsBoolean()) {
            assertThat(cluster.world().millis()).as("seed %d: %s", SEED, what).isLessThan(end);
            cluster.world().runFor(1);
        }
    }

    static byte[] json(int length) {
        return ('"' + "x".repeat(length) + '"').getBytes(StandardCharsets.UTF_8);
    }

    static void putDocument(SimNode node, String key, int length) {
        node.coordinator().put(Key.of(key), json(length), new Expiry.Never(), WriteOptions.NONE);
    }
}
