package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirLockTest {
    @TempDir
    private Path directory;

    @Test
    void aMissingDirectoryIsCreated() throws Exception {
        Path deep = directory.resolve("a/b/c");
        try (DataDirLock lock = DataDirLock.acquire(deep)) {
            assertThat(lock).isNotNull();
            assertThat(deep.resolve(DataDirLock.FILE_NAME))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aSecondNodeIsRefusedWithAnExplanation() throws Exception {
        try (DataDirLock lock = DataDirLock.acquire(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DataDirLock.acquire(directory))
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "Another node (process " + ProcessHandle.current().pid()
                                    + ") is using the data directory " + directory
                                    + ". Stop it, or give this node a data_dir of its own.")
                    .extracting(e -> ((StartException) e).exitCode())
                    .isEqualTo(ExitCode.DATA_DIR);
        }
    }

    @Test
    void theNextNodeMayHaveItAfterwards() throws Exception {
        DataDirLock.acquire(directory).close();
        DataDirLock.acquire(directory).close();
    }

    @Test
    void aLockFileLeftByADeadProcessDoesNotMatter() throws Exception {
        Files.writeString(directory.resolve(DataDirLock.FILE_NAME), "no number at all, and far too long for one");
        DataDirLock.acquire(directory).close();
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("data"));
        assertThatThrownBy(() -> DataDirLock.acquire(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file + " is not a directory");
        assertThatThrownBy(() -> DataDirLock.acquire(file.resolve("below"))).isInstanceOf(StartException.class);
    }
}
