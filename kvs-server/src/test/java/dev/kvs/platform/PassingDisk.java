package dev.kvs.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Passes every call on to another disk: what a disk with a peculiarity of its own is built on. */
public abstract class PassingDisk implements Disk {
    private final Disk disk;

    protected PassingDisk(Disk disk) {
        this.disk = disk;
    }

    /** The file to hand out for one that was opened. */
    protected abstract DiskFile opened(Path path, DiskFile file);

    @Override
    public DiskFile open(Path file) throws IOException {
        return opened(file, disk.open(file));
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

    /** Passes every call on to another file. */
    public static class PassingFile implements DiskFile {
        private final DiskFile file;

        protected PassingFile(DiskFile file) {
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
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
