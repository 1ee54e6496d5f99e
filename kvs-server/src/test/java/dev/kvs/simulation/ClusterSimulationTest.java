package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whole clusters under misfortune, from seeds. {@code -Dkvs.simulation.seeds=N} and {@code -Dkvs.simulation.first=S}. */
class ClusterSimulationTest {
    private static final int SEEDS = Integer.getInteger("kvs.simulation.seeds", 20);
    private static final long FIRST = Long.getLong("kvs.simulation.first", 1L);

    @Test
    void afterHealingAllNodesAgreeAndNothingAcknowledgedIsLost() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            run(seed);
        }
    }

    private static long run(long seed) {
        String run = "seed " + seed;
        SimCluster cluster = new SimCluster(seed, (int) (3 + seed % 3), Planted.NOTHING);
        cluster.start();
        cluster.world().runFor(5_000);
        cluster.chaos(60_000);
        assertThat(cluster.heal(180_000)).as("%s: the nodes agree", run).isTrue();
        Invariants.check(cluster, run);
        return cluster.network().trace().hash();
    }
}
