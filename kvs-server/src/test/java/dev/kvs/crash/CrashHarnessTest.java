package dev.kvs.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.ToyLog.Bug;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The harness itself: silent about a log that is right, and never about one that is wrong. */
class CrashHarnessTest {
    private static final int STEPS = 16;

    @Test
    void aSoundLogSurvivesEveryCut() {
        for (int seed = 0; seed < 5 * CrashHarness.rounds(); seed++) {
            CrashReport report = harness(seed, Set.of()).cutEverywhere();
            assertThat(report.operations()).isGreaterThan(2 * STEPS);
            assertThat(report.cuts()).isGreaterThan(report.operations() * 6);
            assertThat(report.recoveries()).isGreaterThan(report.cuts());
        }
    }

    @Test
    void modelsInTurnCutEverywhereWithFewerRecoveries() {
        CrashReport all = harness(1, Set.of()).cutEverywhere();
        CrashReport turns = harness(1, Set.of()).takingTurns().cutEverywhere();
        assertThat(turns.cuts()).isBetween(turns.operations(), all.cuts() / 3);
        assertThatThrownBy(() -> {
                    for (int seed = 0; seed < 6; seed++) {
                        harness(seed, EnumSet.of(Bug.SHOW_UNSYNCED_TAIL))
                                .takingTurns()
                                .cutEverywhere();
                    }
                })
                .hasMessageContaining("only the process was killed");
    }

    @Test
    void aSoundLogSurvivesEveryFailedSync() {
        assertThat(harness(1, Set.of()).failEverySync().recoveries()).isGreaterThan(STEPS);
    }

    @Test
    void aSoundLogSurvivesAFullDisk() {
        assertThat(harness(1, Set.of()).fillDisk().recoveries()).isGreaterThan(STEPS);
    }

    @ParameterizedTest
    @EnumSource
    void everyPlantedBugIsFound(Bug bug) {
        assertThatThrownBy(() -> {
                    for (int seed = 0; seed < 3; seed++) {
                        switch (bug) {
                            case RETRY_SYNC, IGNORE_FAILED_SYNC ->
                                harness(seed, EnumSet.of(bug)).failEverySync();
                            case SKIP_SYNC,
                                    SKIP_DIRECTORY_SYNC,
                                    SKIP_PARENT_DIRECTORY_SYNC,
                                    ACCEPT_TORN_FRAMES,
                                    CHECKSUM_WITHOUT_PLACE,
                                    LEAVE_TORN_TAIL,
                                    SHOW_UNSYNCED_TAIL ->
                                harness(seed, EnumSet.of(bug)).cutEverywhere();
                        }
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ");
    }

    @Test
    void aFailureTellsWhatWasDoneToTheDisk() {
        assertThatThrownBy(() -> harness(3, EnumSet.of(Bug.SKIP_SYNC)).cutEverywhere())
                .hasMessageStartingWith("seed 3: ")
                .hasMessageContaining("restarted with LOSE_ALL")
                .hasMessageContaining("lost acknowledged steps");
    }

    private static CrashHarness<ToyLog> harness(long seed, Set<Bug> bugs) {
        return new CrashHarness<>(new ToyLogSubject(bugs), STEPS, seed);
    }

    private record ToyLogSubject(Set<Bug> bugs) implements CrashSubject<ToyLog> {
        @Override
        public ToyLog open(SimDisk disk) throws IOException {
            return new ToyLog(disk, bugs);
        }

        @Override
        public void step(ToyLog log, int number) throws IOException {
            log.append(entry(number));
        }

        @Override
        public int stepsFound(ToyLog log) {
            List<String> entries = log.entries();
            if (entries.isEmpty()) {
                return 0;
            }
            String last = entries.getLast();
            int found = Integer.parseInt(last.substring(0, last.indexOf(' ')));
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i)).isEqualTo(entry(found - entries.size() + 1 + i));
            }
            assertThat(entries).hasSizeGreaterThanOrEqualTo(Math.min(found, 2));
            return found;
        }

        @Override
        public void close(ToyLog log) throws IOException {
            log.close();
        }

        private static String entry(int number) {
            return number + " " + "x".repeat(new SplittableRandom(number).nextInt(900));
        }
    }
}
