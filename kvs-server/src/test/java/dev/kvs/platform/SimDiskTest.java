package dev.kvs.platform;

import static dev.kvs.platform.DiskContract.FILE;
import static dev.kvs.platform.DiskContract.FOLDER;
import static dev.kvs.platform.DiskContract.OTHER;
import static dev.kvs.platform.DiskContract.read;
import static dev.kvs.platform.DiskContract.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.platform.DiskOperation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated power cut, fact by fact; {@link SimDiskOracleTest} does the same at random. */
class SimDiskTest {
    private static final Path ROOT = Path.of("");
    private static final int SEEDS = 64;

    @ParameterizedTest
    @EnumSource
    void whatWasSyncedSurvives(CrashModel model) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimDisk disk = new SimDisk(seed);
            disk.createDirectories(FOLDER);
            disk.syncDirectory(ROOT);
            Path path = FOLDER.resolve(FILE);
            DiskFile file = disk.open(path);
            write(file, "kept", 0);
            file.sync();
            disk.syncDirectory(FOLDER);
            disk.restart(model);
            assertThat(content(disk, path)).as("seed %d", seed).isEqualTo("kept");
        }
    }

    @Test
    void losingAllLosesUnsyncedBytesAndEntries() throws IOException {
        SimDisk disk = synced("durable");
        write(disk.open(FILE), "unsynced bytes", 0);
        disk.open(OTHER).sync();
        disk.restart(CrashModel.LOSE_ALL);
        assertThat(content(disk, FILE)).isEqualTo("durable");
        assertThat(disk.exists(OTHER)).isFalse();
    }

    @Test
    void keepingAllKeepsEvenTheOperationThatWasCut() throws IOException {
        SimDisk disk = synced("durable");
        disk.crashAfter(disk.operations() + 1);
        DiskFile file = disk.open(FILE);
        assertThatThrownBy(() -> write(file, "DUR", 0)).isInstanceOf(PowerCut.class);
        disk.restart(CrashModel.KEEP_ALL);
        assertThat(content(disk, FILE)).isEqualTo("DURable");
    }

    @Test
    void aTornWriteLeavesItsFirstSectors() throws IOException {
        Set<Integer> keptSectors = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimDisk disk = new SimDisk(seed);
            DiskFile file = disk.open(FILE);
            disk.syncDirectory(ROOT);
            write(file, "o".repeat(4096), 0);
            disk.crashAfter(disk.operations() + 1);
            assertThatThrownBy(() -> write(file, "n".repeat(1536), 512)).isInstanceOf(PowerCut.class);
            disk.restart(CrashModel.TORN_LAST);
            String content = content(disk, FILE);
            int kept = content.lastIndexOf('n') < 0 ? 0 : content.lastIndexOf('n') + 1 - 512;
            assertThat(content).isEqualTo("o".repeat(512) + "n".repeat(kept) + "o".repeat(4096 - 512 - kept));
            assertThat(kept % 512).isZero();
            keptSectors.add(kept / 512);
        }
        assertThat(keptSectors).containsExactly(0, 1, 2, 3);
    }

    @Test
    void sectorsSurviveIndependently() throws IOException {
        Set<String> left = crashedTwoPages(CrashModel.RANDOM_SECTORS, 512);
        assertThat(left).hasSizeGreaterThan(SEEDS / 4);
        assertThat(left).anyMatch(content -> content.contains("10")).anyMatch(content -> content.contains("01"));
    }

    @Test
    void pagesAreReorderedWhole() throws IOException {
        assertThat(crashedTwoPages(CrashModel.REORDER, 4096)).containsExactlyInAnyOrder("00", "01", "10", "11");
    }

    /** What is left of one unsynced write over two pages, for many seeds, as one digit for each unit. */
    private static Set<String> crashedTwoPages(CrashModel model, int unitBytes) throws IOException {
        Set<String> left = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimDisk disk = new SimDisk(seed);
            DiskFile file = disk.open(FILE);
            write(file, "0".repeat(8192), 0);
            file.sync();
            disk.syncDirectory(ROOT);
            write(file, "1".repeat(4096), 0);
            write(file, "1".repeat(4096), 4096);
            disk.restart(model);
            StringBuilder units = new StringBuilder();
            for (String unit : content(disk, FILE).split("(?<=\\G.{" + unitBytes + "})")) {
                assertThat(unit).matches("0+|1+");
                units.append(unit.charAt(0));
            }
            left.add(units.toString());
        }
        return left;
    }

    @Test
    void anUnsyncedExtensionMayShowTheBytesZerosOrWhatADeletedFileHeld() throws IOException {
        Set<String> left = new TreeSet<>();
        for (int seed = 0; seed < SEEDS * 4; seed++) {
            SimDisk disk = new SimDisk(seed);
            write(disk.open(OTHER), "stale", 0);
            disk.delete(OTHER);
            DiskFile file = disk.open(FILE);
            disk.syncDirectory(ROOT);
            write(file, "fresh", 0);
            disk.restart(CrashModel.RANDOM_SECTORS);
            left.add(content(disk, FILE));
        }
        assertThat(left).contains("", "fresh", "stale", "\0\0\0\0\0");
    }

    @ParameterizedTest
    @EnumSource(names = {"RANDOM_SECTORS", "REORDER"})
    void unsyncedEntriesMayBeLostOrKept(CrashModel model) throws IOException {
        Set<String> created = new TreeSet<>();
        Set<String> renamed = new TreeSet<>();
        Set<String> deleted = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimDisk disk = new SimDisk(seed);
            for (String name : List.of("old", "victim")) {
                disk.open(Path.of(name)).close();
            }
            disk.syncDirectory(ROOT);
            disk.open(Path.of("created")).close();
            disk.rename(Path.of("old"), Path.of("renamed"));
            disk.delete(Path.of("victim"));
            disk.restart(model);
            List<String> names = disk.list(ROOT).stream().map(Path::toString).toList();
            created.add(names.contains("created") ? "kept" : "lost");
            renamed.add(names.contains("old") + "->" + names.contains("renamed"));
            deleted.add(names.contains("victim") ? "back" : "gone");
        }
        assertThat(created).containsExactlyInAnyOrder("kept", "lost");
        assertThat(renamed).containsExactlyInAnyOrder("true->false", "false->true");
        assertThat(deleted).containsExactlyInAnyOrder("back", "gone");
    }

    @Test
    void aReplacedFileComesBackWhenTheRenameIsLost() throws IOException {
        SimDisk disk = synced("old");
        DiskFile fresh = disk.open(OTHER);
        write(fresh, "new", 0);
        fresh.sync();
        disk.rename(OTHER, FILE);
        assertThat(content(disk, FILE)).isEqualTo("new");
        disk.restart(CrashModel.LOSE_ALL);
        assertThat(content(disk, FILE)).isEqualTo("old");
    }

    @Test
    void aDirectoryThatWasNotSyncedTakesItsFilesAlong() throws IOException {
        SimDisk disk = new SimDisk(1);
        disk.createDirectories(FOLDER);
        disk.open(FOLDER.resolve(FILE)).sync();
        disk.syncDirectory(FOLDER);
        disk.restart(CrashModel.LOSE_ALL);
        assertThat(disk.exists(FOLDER)).isFalse();
    }

    @Test
    void everythingFailsFromTheCutToTheRestart() throws IOException {
        SimDisk disk = synced("durable");
        DiskFile file = disk.open(FILE);
        disk.crashAfter(disk.operations() + 1);
        assertThatThrownBy(file::sync).isInstanceOf(PowerCut.class).hasMessageContaining("SYNC 'file'");
        assertThatThrownBy(() -> read(file, 0, 1)).isInstanceOf(PowerCut.class);
        assertThatThrownBy(() -> disk.open(FILE)).isInstanceOf(PowerCut.class);
        assertThatThrownBy(() -> disk.exists(FILE)).isInstanceOf(PowerCut.class);
        assertThatThrownBy(() -> disk.list(ROOT)).isInstanceOf(PowerCut.class);
        disk.restart(CrashModel.KEEP_ALL);
        assertThatThrownBy(() -> read(file, 0, 1)).isInstanceOf(PowerCut.class);
        assertThat(content(disk, FILE)).isEqualTo("durable");
        assertThat(disk.operations()).isZero();
    }

    @Test
    void aKilledProcessFindsAllItsBytesAndTheyAreStillNotSynced() throws IOException {
        SimDisk disk = synced("durable");
        DiskFile file = disk.open(FILE);
        write(file, "changed", 0);
        disk.restartProcess();
        assertThatThrownBy(file::sync).isInstanceOf(PowerCut.class);
        assertThat(content(disk, FILE)).isEqualTo("changed");
        disk.restart(CrashModel.LOSE_ALL);
        assertThat(content(disk, FILE)).isEqualTo("durable");
    }

    @Test
    void afterAFailedSyncTheNextOneSucceedsAndTheBytesAreLostAllTheSame() throws IOException {
        SimDisk disk = synced("durable");
        DiskFile file = disk.open(FILE);
        write(file, "changed", 0);
        disk.failSyncFrom(1);
        assertThatThrownBy(file::sync).isInstanceOf(IOException.class).hasMessageContaining("Input/output error");
        file.sync();
        assertThat(content(disk, FILE)).isEqualTo("changed");
        disk.restart(CrashModel.KEEP_ALL);
        assertThat(content(disk, FILE)).isEqualTo("durable");
    }

    @Test
    void aFullDiskWritesShortAndSaysSo() throws IOException {
        SimDisk disk = synced("0123456789");
        disk.limitCapacity(12);
        DiskFile file = disk.open(FILE);
        assertThatThrownBy(() -> write(file, "abcde", 8)).hasMessageContaining("No space left");
        assertThat(content(disk, FILE)).isEqualTo("01234567abcd");
        assertThat(disk.usableBytes()).isZero();
        write(file, "no room used", 0);
        file.truncate(5);
        assertThat(disk.usableBytes()).isEqualTo(7);
    }

    @Test
    void aBitFlipsAtRest() throws IOException {
        SimDisk disk = synced("a");
        disk.flipBit(FILE, 1);
        disk.restart(CrashModel.LOSE_ALL);
        assertThat(content(disk, FILE)).isEqualTo("c");
    }

    @Test
    void aForkGoesItsOwnWay() throws IOException {
        SimDisk disk = synced("durable");
        write(disk.open(FILE), "changed", 0);
        SimDisk fork = disk.fork();
        write(fork.open(FILE), "forked!", 0);
        fork.open(OTHER).close();
        assertThat(content(disk, FILE)).isEqualTo("changed");
        assertThat(disk.exists(OTHER)).isFalse();
        disk.fork().restart(CrashModel.LOSE_ALL);
        assertThat(content(disk, FILE)).isEqualTo("changed");
    }

    @Test
    void everyMutatingCallIsOneNumberedOperation() throws IOException {
        SimDisk disk = new SimDisk(1);
        List<Kind> seen = new ArrayList<>();
        disk.beforeEach(operation -> seen.add(operation.kind()));
        disk.createDirectories(FOLDER.resolve("inner"));
        DiskFile file = disk.open(FILE);
        write(file, "abc", 0);
        file.truncate(1);
        file.sync();
        disk.rename(FILE, OTHER);
        disk.delete(OTHER);
        disk.syncDirectory(ROOT);
        disk.open(OTHER).size();
        disk.list(ROOT);
        assertThat(seen)
                .containsExactly(
                        Kind.CREATE_DIRECTORY,
                        Kind.CREATE_DIRECTORY,
                        Kind.CREATE,
                        Kind.WRITE,
                        Kind.TRUNCATE,
                        Kind.SYNC,
                        Kind.RENAME,
                        Kind.DELETE,
                        Kind.SYNC_DIRECTORY,
                        Kind.CREATE);
        assertThat(disk.operations()).isEqualTo(seen.size());
    }

    private static SimDisk synced(String content) throws IOException {
        SimDisk disk = new SimDisk(1);
        DiskFile file = disk.open(FILE);
        write(file, content, 0);
        file.sync();
        disk.syncDirectory(ROOT);
        disk.restart(CrashModel.LOSE_ALL);
        return disk;
    }

    private static String content(SimDisk disk, Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            return read(file, 0, (int) file.size());
        }
    }
}
