package dev.kvs.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every disk must do while the power is on. The simulated disk is only worth something where it agrees. */
abstract class DiskContract {
    static final Path FILE = Path.of("file");
    static final Path OTHER = Path.of("other");
    static final Path FOLDER = Path.of("folder");

    /** The disk under test, whose root exists and is empty. */
    abstract Disk disk();

    @Test
    void whatWasWrittenIsRead() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            write(file, "hello world", 0);
            write(file, "W", 6);
            assertThat(read(file, 0, 100)).isEqualTo("hello World");
            assertThat(read(file, 6, 3)).isEqualTo("Wor");
            assertThat(file.size()).isEqualTo(11);
        }
    }

    @Test
    void aWriteTakesTheBuffersRemainderAndLeavesItsLimit() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            ByteBuffer source = ByteBuffer.wrap("__bytes__".getBytes(StandardCharsets.UTF_8), 2, 5);
            file.write(source, 3);
            assertThat(source.position()).isEqualTo(7);
            assertThat(source.limit()).isEqualTo(7);
            assertThat(read(file, 0, 20)).isEqualTo("\0\0\0bytes");
        }
    }

    @Test
    void aReadPastTheEndReturnsNothing() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            write(file, "abc", 0);
            assertThat(file.read(ByteBuffer.allocate(4), 3)).isZero();
            assertThat(file.read(ByteBuffer.allocate(4), 1_000_000)).isZero();
            assertThat(file.read(ByteBuffer.allocate(0), 0)).isZero();
        }
    }

    @Test
    void aReadFillsOnlyTheBuffersRemainder() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            write(file, "abcdef", 0);
            ByteBuffer target = ByteBuffer.allocate(8).position(2).limit(5);
            assertThat(file.read(target, 1)).isEqualTo(3);
            assertThat(target.position()).isEqualTo(5);
            assertThat(target.limit()).isEqualTo(5);
            assertThat(new String(target.array(), StandardCharsets.UTF_8)).isEqualTo("\0\0bcd\0\0\0");
        }
    }

    @Test
    void transfersOfSeveralMegabytesAreWhole() throws IOException {
        byte[] bytes = new byte[(5 << 20) + 17];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 12));
        }
        try (DiskFile file = disk().open(FILE)) {
            file.write(ByteBuffer.wrap(bytes), 5);
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
            assertThat(file.read(direct, 5)).isEqualTo(bytes.length);
            assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void negativePositionsAreRefused() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), -1)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> write(file, "x", -1)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> file.truncate(-1)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void truncatingCutsAndNeverExtends() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            write(file, "abcdef", 0);
            file.truncate(10);
            assertThat(file.size()).isEqualTo(6);
            file.truncate(2);
            write(file, "z", 4);
            assertThat(read(file, 0, 10)).isEqualTo("ab\0\0z");
        }
    }

    @Test
    void bytesOutliveTheirHandle() throws IOException {
        try (DiskFile file = disk().open(FILE)) {
            write(file, "abc", 0);
            file.sync();
        }
        try (DiskFile file = disk().open(FILE)) {
            assertThat(read(file, 0, 10)).isEqualTo("abc");
        }
    }

    @Test
    void twoHandlesSeeOneFile() throws IOException {
        try (DiskFile one = disk().open(FILE);
                DiskFile two = disk().open(FILE)) {
            write(one, "abc", 0);
            assertThat(read(two, 0, 10)).isEqualTo("abc");
        }
    }

    @Test
    void aClosedFileRefusesEverythingButClosing() throws IOException {
        DiskFile file = disk().open(FILE);
        file.close();
        file.close();
        assertThatThrownBy(() -> write(file, "x", 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> read(file, 0, 1)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::sync).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void filesAreListedByNameWithoutDirectories() throws IOException {
        disk().createDirectories(FOLDER.resolve("inner"));
        for (String name : new String[] {"b", "a", "10", "9"}) {
            disk().open(FOLDER.resolve(name)).close();
        }
        assertThat(disk().list(FOLDER)).containsExactly(Path.of("10"), Path.of("9"), Path.of("a"), Path.of("b"));
        assertThat(disk().list(Path.of("absent"))).isEmpty();
        assertThat(disk().list(Path.of(""))).isEmpty();
    }

    @Test
    void existenceCoversFilesAndDirectories() throws IOException {
        assertThat(disk().exists(FOLDER)).isFalse();
        disk().createDirectories(FOLDER);
        disk().createDirectories(FOLDER);
        disk().open(FOLDER.resolve("a")).close();
        assertThat(disk().exists(FOLDER)).isTrue();
        assertThat(disk().exists(FOLDER.resolve("a"))).isTrue();
        assertThat(disk().exists(FOLDER.resolve("b"))).isFalse();
        assertThat(disk().exists(Path.of("absent", "b"))).isFalse();
    }

    @Test
    void openingNeedsTheDirectoryToBeThere() {
        assertThatThrownBy(() -> disk().open(FOLDER.resolve("a"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().syncDirectory(FOLDER)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDirectoryIsNotAFile() throws IOException {
        disk().createDirectories(FOLDER);
        assertThatThrownBy(() -> disk().open(FOLDER)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> disk().delete(FOLDER)).isInstanceOf(FileSystemException.class);
    }

    @Test
    void deletingRemovesAFileOnce() throws IOException {
        disk().open(FILE).close();
        disk().delete(FILE);
        disk().delete(FILE);
        assertThat(disk().exists(FILE)).isFalse();
    }

    @Test
    void aDeletedOrReplacedFileStaysReadableThroughItsHandle() throws IOException {
        try (DiskFile deleted = disk().open(FILE);
                DiskFile replaced = disk().open(OTHER)) {
            write(deleted, "deleted", 0);
            write(replaced, "replaced", 0);
            disk().delete(FILE);
            disk().open(FILE).close();
            disk().rename(FILE, OTHER);
            assertThat(read(deleted, 0, 100)).isEqualTo("deleted");
            assertThat(read(replaced, 0, 100)).isEqualTo("replaced");
        }
    }

    @Test
    void renamingReplacesTheTarget() throws IOException {
        try (DiskFile from = disk().open(FILE);
                DiskFile to = disk().open(OTHER)) {
            write(from, "new", 0);
            write(to, "old", 0);
        }
        disk().rename(FILE, OTHER);
        assertThat(disk().exists(FILE)).isFalse();
        try (DiskFile file = disk().open(OTHER)) {
            assertThat(read(file, 0, 10)).isEqualTo("new");
        }
    }

    @Test
    void renamingMovesBetweenDirectories() throws IOException {
        disk().createDirectories(FOLDER);
        disk().open(FILE).close();
        disk().rename(FILE, FOLDER.resolve("moved"));
        disk().syncDirectory(FOLDER);
        disk().syncDirectory(Path.of(""));
        assertThat(disk().exists(FILE)).isFalse();
        assertThat(disk().list(FOLDER)).containsExactly(Path.of("moved"));
    }

    @Test
    void renamingOntoItselfChangesNothing() throws IOException {
        disk().open(FILE).close();
        disk().rename(FILE, FILE);
        assertThat(disk().exists(FILE)).isTrue();
    }

    @Test
    void renamingWhatIsNotThereIsRefused() {
        assertThatThrownBy(() -> disk().rename(FILE, OTHER)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void pathsThatLeaveTheRootAreRefused() {
        for (String path : new String[] {"../escape", "a/../../escape", "/etc/passwd", ".."}) {
            Path escape = Path.of(path);
            assertThatThrownBy(() -> disk().open(escape)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().exists(escape)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().list(escape)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().createDirectories(escape)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().delete(escape)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().rename(FILE, escape)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().rename(escape, FILE)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> disk().syncDirectory(escape)).isInstanceOf(FileSystemException.class);
        }
    }

    @Test
    void thereIsRoom() throws IOException {
        assertThat(disk().usableBytes()).isPositive();
    }

    static void write(DiskFile file, String text, long position) throws IOException {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
    }

    static String read(DiskFile file, long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        int read = file.read(target, position);
        return new String(Arrays.copyOf(target.array(), read), StandardCharsets.UTF_8);
    }
}
