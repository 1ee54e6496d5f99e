package dev.kvs.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.CrashHarness;
import dev.kvs.crash.CrashReport;
import dev.kvs.crash.CrashSubject;
import dev.kvs.crash.ForgetfulDisk;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.Disk;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log, stopped at every write. Each step is one frame; every few steps the log is cut behind the last ones. */
class WriteAheadLogCrashTest {
    private static final Path ROOT = Path.of("");
    private static final Path DIRECTORY = Path.of("log");
    private static final int SEGMENT_BYTES = 2000;
    private static final int STEPS = 24;
    private static final int SEEDS = 4;

    @Test
    void everyAcknowledgedFrameSurvivesEveryCut() {
        for (int seed = 0; seed < SEEDS * CrashHarness.rounds(); seed++) {
            CrashReport report = harness(seed, _ -> false).cutEverywhere();
            assertThat(report.operations()).isGreaterThan(2 * STEPS);
            assertThat(report.cuts()).isGreaterThan(report.operations() * 6);
        }
    }

    @Test
    void nothingIsAcknowledgedAfterAFailedSyncAndNothingBeforeItIsLost() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, _ -> false).failEverySync().recoveries()).isGreaterThan(STEPS);
        }
    }

    /** What a failed sync leaves is seen again after a restart of the process, but no later sync would write it. */
    @Test
    void aFrameWhoseSyncFailedIsWrittenBeforeTheNextOneFollows() throws IOException {
        SimDisk disk = new SimDisk(1);
        disk.createDirectories(DIRECTORY);
        disk.syncDirectory(ROOT);
        WriteAheadLog first = open(disk, new ArrayList<>());
        first.append(record(1), 1);
        disk.failSyncFrom(disk.operations() + 1);
        assertThatThrownBy(() -> first.append(record(2), 2)).isInstanceOf(IOException.class);
        disk.restartProcess();

        List<Long> found = new ArrayList<>();
        WriteAheadLog second = open(disk, found);
        assertThat(found).containsExactly(1L, 2L);
        second.append(record(3), 3);
        disk.restart(CrashModel.LOSE_ALL);

        List<Long> after = new ArrayList<>();
        open(disk, after);
        assertThat(after).containsExactly(1L, 2L, 3L);
    }

    private static WriteAheadLog open(SimDisk disk, List<Long> sequences) throws IOException {
        LogRecovery.Result found = LogRecovery.read(disk, DIRECTORY, one -> sequences.add(one.sequence()));
        return WriteAheadLog.open(disk, DIRECTORY, SEGMENT_BYTES, found);
    }

    private static LogBatch record(int number) {
        LogBatch batch = new LogBatch();
        batch.clear();
        batch.begin(RecordKind.VERSION).putVarint(number);
        batch.end();
        return batch;
    }

    @Test
    void aFullDiskLosesNothing() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, _ -> false).fillDisk().recoveries()).isGreaterThan(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "log/0000000001.wal", "log/0000000003.wal"})
    void aForgottenSyncIsFound(String path) {
        assertThatThrownBy(() -> harness(1, Path.of(path)::equals).cutEverywhere())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1");
    }

    private static CrashHarness<OpenLog> harness(long seed, Predicate<Path> forgotten) {
        return new CrashHarness<>(new LogSubject(forgotten), STEPS, seed);
    }

    /** The log with what recovery read from it, and its one rule: not to be used after a failure. */
    private static final class OpenLog {
        private final WriteAheadLog log;
        private final List<LogRecord> recovered;
        private boolean failed;

        OpenLog(WriteAheadLog log, List<LogRecord> recovered) {
            this.log = log;
            this.recovered = recovered;
        }
    }

    private record LogSubject(Predicate<Path> forgotten) implements CrashSubject<OpenLog> {
        @Override
        public OpenLog open(SimDisk simDisk) throws IOException {
            Disk disk = new ForgetfulDisk(simDisk, forgotten);
            disk.createDirectories(DIRECTORY);
            disk.syncDirectory(ROOT);
            List<LogRecord> recovered = new ArrayList<>();
            LogRecovery.Result result = LogRecovery.read(disk, DIRECTORY, recovered::add);
            return new OpenLog(WriteAheadLog.open(disk, DIRECTORY, SEGMENT_BYTES, result), recovered);
        }

        @Override
        public void step(OpenLog open, int number) throws IOException {
            if (open.failed) {
                throw new IOException("the log failed before");
            }
            open.failed = true;
            LogBatch batch = new LogBatch();
            for (int i = 0; i < recordsIn(number); i++) {
                batch.begin(RecordKind.VERSION).putBytes(body(number, i));
                batch.end();
            }
            open.log.append(batch, lastSequence(number - 1) + 1);
            open.log.removeThrough(cutThrough(number));
            open.failed = false;
        }

        @Override
        public int stepsFound(OpenLog open) {
            List<LogRecord> records = open.recovered;
            long last = records.isEmpty() ? 0 : records.getLast().sequence();
            int found = 0;
            while (lastSequence(found) < last) {
                found++;
            }
            assertThat(lastSequence(found)).as("half a frame is there").isEqualTo(last);
            long first = records.isEmpty() ? 1 : records.getFirst().sequence();
            assertThat(first).as("the oldest record").isLessThanOrEqualTo(cutThrough(found) + 1);
            for (LogRecord logRecord : records) {
                assertThat(logRecord.bytes()).isEqualTo(bodyOf(logRecord.sequence()));
            }
            return found;
        }

        @Override
        public void close(OpenLog open) throws IOException {
            open.log.close();
        }

        private static int recordsIn(int step) {
            return 1 + step % 3;
        }

        private static long lastSequence(int step) {
            long last = 0;
            for (int i = 1; i <= step; i++) {
                last += recordsIn(i);
            }
            return last;
        }

        /** Every seventh step cuts what is older than the three steps before it. */
        private static long cutThrough(int step) {
            return lastSequence(Math.max(0, step / 7 * 7 - 3));
        }

        private static byte[] bodyOf(long sequence) {
            int step = 1;
            while (lastSequence(step) < sequence) {
                step++;
            }
            return body(step, (int) (sequence - lastSequence(step - 1) - 1));
        }

        private static byte[] body(int step, int place) {
            int length = new SplittableRandom(step * 31L + place).nextInt(600);
            return (step + "/" + place + " " + "x".repeat(length)).getBytes(StandardCharsets.UTF_8);
        }
    }
}
