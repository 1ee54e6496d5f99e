package dev.kvs.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.CrashHarness;
import dev.kvs.crash.CrashReport;
import dev.kvs.crash.CrashSubject;
import dev.kvs.crash.ForgetfulDisk;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The double-write journal, stopped at every write. Each step overwrites and appends blocks, sometimes cuts the file, and
 * commits; after any crash the file is, byte for byte, what one of the commits left.
 */
class JournaledFileCrashTest {
    private static final Path FILE = Path.of("store");
    private static final int BLOCK = JournaledFile.BLOCK;
    private static final int STEPS = 8;
    private static final int SEEDS = 3;

    @Test
    void theFileIsAlwaysWhatOneCommitLeft() {
        for (int seed = 0; seed < SEEDS * CrashHarness.rounds(); seed++) {
            CrashReport report = harness(seed, _ -> false).cutEverywhere();
            assertThat(report.operations()).isGreaterThan(8 * STEPS);
            assertThat(report.cuts()).isGreaterThan(report.operations() * 6);
        }
    }

    @Test
    void aFailedSyncLosesNoCommitBeforeIt() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, _ -> false).failEverySync().recoveries()).isGreaterThan(STEPS);
        }
    }

    @Test
    void aFullDiskLosesNoCommit() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, _ -> false).fillDisk().recoveries()).isGreaterThan(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "store", "store.sums", "store.journal"})
    void aForgottenSyncIsFound(String path) {
        assertThatThrownBy(() -> harness(1, Path.of(path)::equals).cutEverywhere())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1");
    }

    private static CrashHarness<OpenFile> harness(long seed, Predicate<Path> forgotten) {
        return new CrashHarness<>(new FileSubject(forgotten), STEPS, seed);
    }

    /** The file, and the rule that it is not used after a failure. */
    private static final class OpenFile {
        private final JournaledFile file;
        private boolean failed;

        OpenFile(JournaledFile file) {
            this.file = file;
        }
    }

    private record FileSubject(Predicate<Path> forgotten) implements CrashSubject<OpenFile> {
        @Override
        public OpenFile open(SimDisk disk) throws IOException {
            return new OpenFile(JournaledFile.open(new ForgetfulDisk(disk, forgotten), FILE));
        }

        @Override
        public void step(OpenFile open, int number) throws IOException {
            if (open.failed) {
                throw new IOException("the file failed before");
            }
            open.failed = true;
            JournaledFile file = open.file;
            for (Change change : changesOf(number, file.size())) {
                file.write(ByteBuffer.wrap(change.bytes()), change.block() * (long) BLOCK);
            }
            if (number % 3 == 0) {
                file.truncate(file.size() - BLOCK);
            }
            file.commit();
            open.failed = false;
        }

        @Override
        public int stepsFound(OpenFile open) throws IOException {
            ByteBuffer content = ByteBuffer.allocate((int) open.file.size());
            assertThat(open.file.read(content, 0)).isEqualTo(content.capacity());
            int found = content.capacity() == 0 ? 0 : content.getInt(0);
            assertThat(found).as("the step in block 0").isBetween(0, 10 * STEPS);
            assertThat(Arrays.equals(content.array(), contentAfter(found)))
                    .as("the file of %d bytes is what commit %d left", content.capacity(), found)
                    .isTrue();
            return found;
        }

        @Override
        public void close(OpenFile open) throws IOException {
            open.file.close();
        }

        /** Consecutive blocks with new bytes. */
        private record Change(int block, byte[] bytes) {}

        /** Block 0 always holds the step's number; one change overwrites within the first blocks, one may append. */
        private static Change[] changesOf(int step, long size) {
            SplittableRandom random = new SplittableRandom(step);
            Change first = new Change(0, new byte[step == 1 ? 6 * BLOCK : BLOCK]);
            ByteBuffer.wrap(first.bytes()).putInt(step);
            int overwritten = 1 + random.nextInt(3);
            return new Change[] {
                new Change(overwritten, filledBlocks(random, 1 + random.nextInt(2))),
                first,
                new Change(overwritten, filledBlocks(random, 1)),
                new Change((int) Math.max(6, size / BLOCK), filledBlocks(random, 1))
            };
        }

        private static byte[] filledBlocks(SplittableRandom random, int count) {
            byte[] bytes = new byte[count * BLOCK];
            Arrays.fill(bytes, (byte) random.nextInt());
            return bytes;
        }

        private static byte[] contentAfter(int steps) {
            byte[] content = new byte[0];
            for (int step = 1; step <= steps; step++) {
                for (Change change : changesOf(step, content.length)) {
                    int start = change.block() * BLOCK;
                    content = Arrays.copyOf(content, Math.max(content.length, start + change.bytes().length));
                    System.arraycopy(change.bytes(), 0, content, start, change.bytes().length);
                }
                content = Arrays.copyOf(content, step % 3 == 0 ? content.length - BLOCK : content.length);
            }
            return content;
        }
    }
}
