package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.CrashHarness;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The crash suite, given a store with a mistake in it: it must notice. The trailer's checksum is for {@link BitFlipTest}. */
@ExtendWith(SilentStorage.class)
class PlantedFaultsTest {
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
