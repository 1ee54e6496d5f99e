package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.simulation.Simulation.Outcome;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whole clusters under misfortune, from seeds; {@code integration-tests/simulate} runs as many as one likes. What it found:
 * a frame whose sync had failed was shown again after a restart and never written (seed 2); what was held back was left out
 * when it was passed on or taken over (10, 48), keys were collected while a node was away that had not been met since the
 * last restart (5), and their conflicts stayed open (6); an expired value was collected before everybody had what it had
 * replaced, which then came back (36), also where it was still held back (59); a copy of a write whose dot was taken closed a
 * conflict that it had not seen the other side of (500253), and was pruned because its conflict named the original (500257);
 * an expired value was collected while a node with a slow clock held it back and wrote what it would have hidden (600436).
 */
class ClusterSimulationTest {
    private static final int SEEDS = 24;

    /** Beyond those, because they have found something. */
    private static final long[] MORE = {36, 59, 500_253, 500_257, 600_436};

    @BeforeAll
    static void quieten() {
        Quiet.log();
    }

    @Test
    void afterHealingAllNodesAgreeAndNothingAcknowledgedIsLost() {
        List<Outcome> outcomes = LongStream.concat(LongStream.rangeClosed(1, SEEDS), LongStream.of(MORE))
                .parallel()
                .mapToObj(Simulation::run)
                .toList();
        for (Outcome outcome : outcomes) {
            assertThat(outcome.violation()).as("seed %d", outcome.seed()).isNull();
            assertThat(outcome.acknowledged()).as("seed %d", outcome.seed()).isPositive();
        }
        Map<Misfortune, Long> fired = new EnumMap<>(Misfortune.class);
        outcomes.forEach(outcome ->
                outcome.misfortunes().forEach((misfortune, count) -> fired.merge(misfortune, count, Long::sum)));
        Set<Misfortune> never = EnumSet.allOf(Misfortune.class);
        never.removeAll(fired.keySet());
        assertThat(never).as("misfortunes that never happened").isEmpty();
    }

    @Test
    void theSameSeedIsTheSameRunEventForEvent() {
        for (long seed : new long[] {3, 5, 10}) {
            assertThat(Simulation.run(seed).hash())
                    .as("seed %d", seed)
                    .isEqualTo(Simulation.run(seed).hash());
        }
    }
}
