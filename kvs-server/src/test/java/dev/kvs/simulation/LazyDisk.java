package dev.kvs.simulation;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.platform.PassingDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A disk that syncs certain files only every other time it is asked to. */
final class LazyDisk extends PassingDisk {
    private final Predicate<Path> lazy;

    LazyDisk(Disk disk, Predicate<Path> lazy) {
        super(disk);
        this.lazy = lazy;
    }

    @Override
    protected DiskFile opened(Path path, DiskFile file) {
        return lazy.test(path) ? new LazyFile(file) : file;
    }

    private static final class LazyFile extends PassingFile {
        private boolean owes;

        LazyFile(DiskFile file) {
            super(file);
        }

        @Override
        public void sync() throws IOException {
            owes = !owes;
            if (!owes) {
                super.sync();
            }
        }
    }
}
