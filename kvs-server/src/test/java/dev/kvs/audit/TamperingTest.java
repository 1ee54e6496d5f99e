package dev.kvs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever is changed, removed, put elsewhere or cut off is found, and the place is named. */
class TamperingTest {
    private static final int FRAMES = 60;
    private static final int TAMPERINGS = 4_000;

    private final SimDisk disk = new SimDisk(1);

    @Test
    void anUntouchedLogIsGood() throws IOException {
        try (AuditLog log = ChainFixture.filled(disk, 1, FRAMES)) {
            AuditVerdict verdict = new AuditReader(log).verify();
            assertThat(verdict.isGood()).as("%s", verdict.broken()).isTrue();
            assertThat(verdict.blocks()).isEqualTo(FRAMES);
            assertThat(verdict.entries()).isGreaterThan(FRAMES).isEqualTo(log.entriesWritten());
        }
    }

    @Test
    void everyTamperingIsFoundWhileTheNodeRuns() throws IOException {
        try (AuditLog log = ChainFixture.filled(disk, 2, FRAMES)) {
            TreeMap<String, byte[]> files = read(disk);
            assertThat(files).hasSizeGreaterThan(5);
            AuditReader reader = new AuditReader(log);
            for (int seed = 0; seed < TAMPERINGS; seed++) {
                TreeMap<String, byte[]> altered = copy(files);
                String story = tamper(altered, new SplittableRandom(seed));
                if (!same(files, altered)) {
                    write(disk, files, altered);
                    AuditVerdict verdict = reader.verify();
                    assertThat(verdict.broken()).as("seed %d: %s", seed, story).isNotNull();
                    write(disk, altered, files);
                }
            }
            assertThat(reader.verify().isGood()).isTrue();
        }
    }

    @Test
    void everyTamperingIsFoundAfterARestart() throws IOException {
        ChainFixture.filled(disk, 3, FRAMES).close();
        TreeMap<String, byte[]> files = read(disk);
        for (int seed = 0; seed < TAMPERINGS / 4; seed++) {
            TreeMap<String, byte[]> altered = copy(files);
            String story = tamper(altered, new SplittableRandom(seed));
            SimDisk other = new SimDisk(seed);
            other.createDirectories(AuditLog.DIRECTORY);
            write(other, new TreeMap<>(), altered);
            try (AuditLog log = ChainFixture.open(other, 1 << 20)) {
                boolean found =
                        log.finding() != null || !new AuditReader(log).verify().isGood();
                assertThat(found).as("seed %d: %s", seed, story).isEqualTo(!same(files, altered));
            }
        }
    }

    @Test
    void whoRewritesOrCutsOffTheWholeLogIsFoundByTheHeadThatOthersHaveHeard() throws IOException {
        AuditLog honest = ChainFixture.filled(disk, 4, FRAMES);
        Head heard = honest.head();
        honest.close();
        SimDisk rewritten = new SimDisk(5);
        try (AuditLog forged = ChainFixture.filled(rewritten, 5, FRAMES + 10)) {
            AuditReader reader = new AuditReader(forged);
            assertThat(reader.verify().isGood()).isTrue();
            AuditReader.Lookup lookup = reader.find(heard.store(), heard.block());
            assertThat(lookup.status()).isEqualTo(AuditReader.Lookup.Status.FOUND);
            assertThat(lookup.hash()).isNotEqualTo(heard.hash());
        }
        SimDisk shortened = new SimDisk(6);
        try (AuditLog cut = ChainFixture.filled(shortened, 4, FRAMES - 1)) {
            AuditReader reader = new AuditReader(cut);
            assertThat(reader.verify().isGood()).isTrue();
            assertThat(reader.find(heard.store(), heard.block()).status()).isEqualTo(AuditReader.Lookup.Status.BEYOND);
        }
    }

    /** One change of any kind; says which. */
    private static String tamper(TreeMap<String, byte[]> files, SplittableRandom random) {
        List<String> names = new ArrayList<>(files.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] bytes = files.get(name);
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(200, bytes.length - at));
        switch (random.nextInt(7)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> files.put(name, spliced(bytes, at, length, new byte[0]));
            case 3 -> files.put(name, Arrays.copyOf(bytes, at));
            case 4 -> files.remove(name);
            case 5 -> {
                String other = names.get(random.nextInt(names.size()));
                files.put(name, files.get(other));
                files.put(other, bytes);
                return name + " and " + other + " change places";
            }
            default -> {
                swapBlocks(bytes, random);
                return "two blocks of " + name + " change places";
            }
        }
        return name + " at " + at + ", " + length + " bytes";
    }

    private static void swapBlocks(byte[] bytes, SplittableRandom random) {
        try {
            List<Block> blocks = new ArrayList<>();
            for (int offset = SegmentHeader.BYTES;
                    offset < bytes.length;
                    offset = blocks.getLast().end()) {
                blocks.add(Block.read(bytes, offset, bytes.length));
            }
            if (blocks.size() > 1) {
                int first = random.nextInt(blocks.size() - 1);
                Block a = blocks.get(first);
                Block b = blocks.get(first + 1);
                byte[] one = Arrays.copyOfRange(bytes, a.offset(), a.end());
                System.arraycopy(bytes, b.offset(), bytes, a.offset(), b.end() - b.offset());
                System.arraycopy(one, 0, bytes, a.offset() + b.end() - b.offset(), one.length);
            }
        } catch (BrokenException e) {
            // The state file has no blocks; nothing changes.
            return;
        }
    }

    private static byte[] spliced(byte[] bytes, int at, int length, byte[] instead) {
        return ByteBuffer.allocate(bytes.length - length + instead.length)
                .put(bytes, 0, at)
                .put(instead)
                .put(bytes, at + length, bytes.length - at - length)
                .array();
    }

    private static TreeMap<String, byte[]> read(Disk disk) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (Path path : disk.list(AuditLog.DIRECTORY)) {
            try (DiskFile file = disk.open(AuditLog.DIRECTORY.resolve(path))) {
                ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
                file.read(bytes, 0);
                files.put(path.toString(), bytes.array());
            }
        }
        return files;
    }

    private static void write(Disk disk, TreeMap<String, byte[]> before, TreeMap<String, byte[]> after)
            throws IOException {
        for (String name : before.keySet()) {
            if (!after.containsKey(name)) {
                disk.delete(AuditLog.DIRECTORY.resolve(name));
            }
        }
        for (String name : after.keySet()) {
            try (DiskFile file = disk.open(AuditLog.DIRECTORY.resolve(name))) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(after.get(name)), 0);
            }
        }
    }

    private static TreeMap<String, byte[]> copy(TreeMap<String, byte[]> files) {
        TreeMap<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    private static boolean same(TreeMap<String, byte[]> one, TreeMap<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
    }
}
