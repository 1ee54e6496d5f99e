package dev.kvs.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** An open file of a {@link SimDisk}. Dead after a power cut, like every handle of a machine that went down. */
final class SimFile implements DiskFile {
    private final SimDisk disk;
    private final Path path;
    private final SimInode inode;
    private final long start;
    private volatile boolean closed;

    SimFile(SimDisk disk, Path path, SimInode inode, long start) {
        this.disk = disk;
        this.path = path;
        this.inode = inode;
        this.start = start;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        ensureOpen();
        checkNotNegative(position);
        return disk.read(start, inode, target, position);
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        ensureOpen();
        checkNotNegative(position);
        if (source.hasRemaining()) {
            disk.write(start, path, inode, source, position);
        }
    }

    @Override
    public long size() throws IOException {
        ensureOpen();
        return disk.size(start, inode);
    }

    @Override
    public void truncate(long size) throws IOException {
        ensureOpen();
        checkNotNegative(size);
        disk.truncate(start, path, inode, size);
    }

    @Override
    public void sync() throws IOException {
        ensureOpen();
        disk.sync(start, path, inode);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void ensureOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private static void checkNotNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
    }
}
