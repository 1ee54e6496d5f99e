package dev.kvs.crash;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.platform.PassingDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A disk that says it has synced certain paths and has not: plants the missing fsync into a system without changing the
 * system. The test is worth something only if it then fails.
 */
public final class ForgetfulDisk extends PassingDisk {
    private final Predicate<Path> forgotten;

    public ForgetfulDisk(Disk disk, Predicate<Path> forgotten) {
        super(disk);
        this.forgotten = forgotten;
    }

    @Override
    protected DiskFile opened(Path path, DiskFile file) {
        return forgotten.test(path) ? new ForgetfulFile(file) : file;
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (!forgotten.test(directory)) {
            super.syncDirectory(directory);
        }
    }

    private static final class ForgetfulFile extends PassingFile {
        ForgetfulFile(DiskFile file) {
            super(file);
        }

        @Override
        public void sync() {
            // Forgotten on purpose.
        }
    }
}
