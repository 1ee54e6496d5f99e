package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation's own test: every bug that is planted is found within a few seeds, by the check that is there for it. */
class PlantedFaultsTest {
    /** As many seeds as a bug that shows rarely may need. */
    private static final int SEEDS = 60;

    @BeforeAll
    static void quieten() {
        Quiet.log();
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(PlantedFault fault) {
        boolean found = LongStream.range(fault.firstSeed(), fault.firstSeed() + SEEDS)
                .mapToObj(seed ->
                        String.valueOf(Simulation.run(seed, fault.plant()).violation()))
                .anyMatch(violation -> violation.contains(fault.finding()));
        assertThat(found)
                .as("%s is found within %d seeds: '%s'", fault, SEEDS, fault.finding())
                .isTrue();
    }

    @Test
    void aDiskIsOnlyChangedWhileItsNodeIsDown() {
        SimCluster cluster = new SimCluster(1, Scenario.of(1), Planted.NOTHING, new Tally());
        cluster.found();
        SimNode node = cluster.nodes().getFirst();
        DiskSnapshot snapshot = node.takeSnapshot();
        assertThatThrownBy(() -> node.loseDisk(1)).isInstanceOf(Violation.class);
        assertThatThrownBy(() -> node.rollBack(snapshot)).isInstanceOf(Violation.class);
        cluster.nodes().stream().filter(SimNode::isUp).forEach(SimNode::kill);
    }
}
