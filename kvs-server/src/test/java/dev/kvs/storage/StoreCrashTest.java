package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.CrashHarness;
import dev.kvs.crash.CrashReport;
import dev.kvs.crash.ForgetfulDisk;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.Disk;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole store, stopped at every write: log, manifest, journal and H2 file on one disk. Each step is a batch over two
 * keys, put or deleted; every few steps a checkpoint moves everything into the tables and cuts the log. After any crash the
 * winners, the revisions and the scan are those of some number of whole batches, none of the acknowledged ones missing.
 */
@ExtendWith(SilentStorage.class)
class StoreCrashTest {
    private static final int STEPS = 5;

    @Test
    void everyAcknowledgedBatchSurvivesACutAnywhere() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            CrashReport report = harness(seed, disk -> disk).cutEverywhere();
            assertThat(report.operations()).isGreaterThan(10 * STEPS);
            assertThat(report.cuts()).isGreaterThan(report.operations());
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void aStoreThatHasOnlyRecoveredCanBeClosed() throws IOException {
        StoreSubject subject = new StoreSubject(disk -> disk);
        SimDisk disk = new SimDisk(1);
        subject.step(subject.open(disk), 1);
        disk.restart(CrashModel.LOSE_ALL);
        subject.close(subject.open(disk));
        Store store = subject.open(disk);
        assertThat(subject.stepsFound(store)).isEqualTo(1);
        subject.close(store);
    }

    @Test
    void afterAFailedSyncNothingMoreIsAcknowledgedAndNothingIsLost() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, disk -> disk).failEverySync().recoveries()).isGreaterThan(STEPS);
        }
    }

    @Test
    void aFullDiskLosesNothing() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, disk -> disk).fillDisk().recoveries()).isGreaterThan(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log",
                "log/0000000001.wal",
                "store.mv.db",
                "store.mv.db.sums",
                "store.mv.db.journal",
                "MANIFEST.new"
            })
    void aForgottenSyncIsFound(String path) {
        assertThatThrownBy(() -> harness(1, disk -> new ForgetfulDisk(disk, Path.of(path)::equals))
                        .cutEverywhere())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1");
    }

    private static CrashHarness<Store> harness(long seed, UnaryOperator<Disk> planted) {
        return new CrashHarness<>(new StoreSubject(planted), STEPS, seed).takingTurns();
    }
}
