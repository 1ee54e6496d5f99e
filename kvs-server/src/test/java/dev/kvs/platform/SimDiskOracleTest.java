package dev.kvs.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random writes, truncations, syncs and power cuts against a dumb oracle: for every sector the list of all contents it
 * had since the last sync, and all sizes the file had.
 */
class SimDiskOracleTest {
    private static final Path FILE = Path.of("file");
    private static final int SECTOR = 512;
    private static final int SECTORS_MAX = 40;
    private static final byte[] ZEROS = new byte[SECTOR];

    @ParameterizedTest
    @EnumSource
    void everySectorLeftIsOneThatWasThere(CrashModel model) throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            new Run(model, seed).run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameBytes(CrashModel model) throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(new Run(model, seed).run()).as("seed %d", seed).isEqualTo(new Run(model, seed).run());
        }
    }

    private static final class Run {
        private final CrashModel model;
        private final long seed;
        private final SplittableRandom random;
        private final SimDisk disk;
        private final List<List<byte[]>> versions = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>(List.of(0));
        private DiskFile file;
        private byte fill;

        Run(CrashModel model, long seed) throws IOException {
            this.model = model;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.disk = new SimDisk(seed);
            for (int i = 0; i < SECTORS_MAX; i++) {
                versions.add(new ArrayList<>(List.of(ZEROS)));
            }
            file = disk.open(FILE);
            disk.syncDirectory(Path.of(""));
        }

        /** Returns what was left after every power cut. */
        List<String> run() throws IOException {
            List<String> left = new ArrayList<>();
            for (int cut = 0; cut < 8; cut++) {
                for (int operation = random.nextInt(12); operation > 0; operation--) {
                    change();
                }
                disk.restart(model);
                file = disk.open(FILE);
                byte[] content = content();
                verify(content);
                left.add(Arrays.toString(content));
            }
            return left;
        }

        private void change() throws IOException {
            int sector = random.nextInt(SECTORS_MAX);
            switch (random.nextInt(6)) {
                case 0 -> {
                    file.sync();
                    versions.forEach(SimDiskOracleTest::keepLast);
                    keepLast(sizes);
                }
                case 1 -> truncate(sector);
                default -> write(sector, 1 + random.nextInt(SECTORS_MAX - sector));
            }
        }

        private void truncate(int sector) throws IOException {
            if (sector * SECTOR < sizes.getLast()) {
                sizes.add(sector * SECTOR);
                versions.subList(sector, SECTORS_MAX).forEach(versions -> versions.add(ZEROS));
            }
            file.truncate((long) sector * SECTOR);
        }

        private void write(int sector, int count) throws IOException {
            byte[] bytes = new byte[SECTOR];
            Arrays.fill(bytes, ++fill);
            ByteBuffer source = ByteBuffer.allocate(count * SECTOR);
            for (int i = sector; i < sector + count; i++) {
                source.put(bytes);
                versions.get(i).add(bytes);
            }
            file.write(source.flip(), (long) sector * SECTOR);
            sizes.add(Math.max(sizes.getLast(), (sector + count) * SECTOR));
        }

        private byte[] content() throws IOException {
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            assertThat(file.read(content, 0)).isEqualTo(content.capacity());
            return content.array();
        }

        /** Checks what is left, and takes it as the new truth. */
        private void verify(byte[] content) {
            int durableSize = sizes.getFirst();
            assertThat(new TreeSet<>(sizes)).as("seed %d: size", seed).contains(content.length);
            for (int i = 0; i < SECTORS_MAX; i++) {
                List<byte[]> allowed = versions.get(i);
                int start = i * SECTOR;
                byte[] left = start < content.length ? Arrays.copyOfRange(content, start, start + SECTOR) : ZEROS;
                if (start < content.length && !mayBeGarbage(start, durableSize)) {
                    assertThat(allowedIn(allowed))
                            .as("seed %d: sector %d", seed, i)
                            .contains(left);
                }
                versions.set(i, new ArrayList<>(List.of(left)));
            }
            sizes.clear();
            sizes.add(content.length);
        }

        private boolean mayBeGarbage(int start, int durableSize) {
            return start >= durableSize && (model == CrashModel.RANDOM_SECTORS || model == CrashModel.REORDER);
        }

        private List<byte[]> allowedIn(List<byte[]> versions) {
            return switch (model) {
                case LOSE_ALL -> List.of(versions.getFirst());
                case KEEP_ALL, TORN_LAST -> List.of(versions.getLast());
                case RANDOM_SECTORS, REORDER -> versions;
            };
        }
    }

    private static <T> void keepLast(List<T> list) {
        list.subList(0, list.size() - 1).clear();
    }
}
