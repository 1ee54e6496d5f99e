package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.CrashHarness;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The crash suite, given a store with a mistake in it: it must notice. The trailer's checksum is for {@link BitFlipTest}. */
class PlantedFaultsTest {
    private static final Logger LOG = Logger.getLogger("dev.kvs.storage");
    private static final @Nullable Level USUAL = LOG.getLevel();

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(USUAL);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPT_TORN_FRAMES", "CUT_THE_LOG_BEFORE_THE_TABLES_ARE_SYNCED"})
    void theCrashSuiteFindsIt(PlantedFault fault) {
        assertThatThrownBy(() -> {
                    for (int seed = 0; seed < 6; seed++) {
                        new CrashHarness<>(new StoreSubject(fault::plant), 4, seed)
                                .takingTurns()
                                .cutEverywhere();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ");
    }
}
