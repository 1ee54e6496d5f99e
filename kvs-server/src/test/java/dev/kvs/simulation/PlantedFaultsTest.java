package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation's own test: every bug that is planted is found within a few seeds. */
class PlantedFaultsTest {
    /** As many seeds as a bug that shows rarely may need. */
    private static final int SEEDS = 60;

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(PlantedFault fault) {
        Quiet.log();
        boolean found = LongStream.range(fault.firstSeed(), fault.firstSeed() + SEEDS)
                .anyMatch(seed -> Simulation.run(seed, fault.plant()).violation() != null);
        assertThat(found).as("%s is found within %d seeds", fault, SEEDS).isTrue();
    }
}
