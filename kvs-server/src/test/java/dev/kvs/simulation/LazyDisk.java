package dev.kvs.simulation;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A disk that syncs certain files only every other time it is asked to. */
record LazyDisk(Disk disk, Predicate<Path> lazy) implements Disk {
    @Override
    public DiskFile open(Path file) throws IOException {
        DiskFile opened = disk.open(file);
        return lazy.test(file) ? new LazyFile(opened) : opened;
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public long usableBytes() throws IOException {
        return disk.usableBytes();
    }

    private static final class LazyFile implements DiskFile {
        private final DiskFile file;
        private boolean owes;

        private LazyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            file.write(source, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            owes = !owes;
            if (!owes) {
                file.sync();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
