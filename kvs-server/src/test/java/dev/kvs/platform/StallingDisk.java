package dev.kvs.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/**
 * A disk that, while it stalls, does not answer certain calls: neither with bytes nor with an error, as a lost network
 * volume or a dying drive does. {@link #goOn} lets everything through.
 */
public final class StallingDisk implements Disk {
    /** What may stall. */
    public enum Call {
        READ,
        SYNC
    }

    private final Disk disk;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile BiPredicate<Call, Path> stalls = (_, _) -> false;
    private volatile CountDownLatch quick = new CountDownLatch(0);

    public StallingDisk(Disk disk) {
        this.disk = disk;
    }

    /** From now on these calls wait. */
    public void stall(BiPredicate<Call, Path> which) {
        quick = new CountDownLatch(1);
        stalls = which;
    }

    /** Everything that waits goes on, and nothing waits any more. */
    public void goOn() {
        stalls = (_, _) -> false;
        quick.countDown();
    }

    /** How many calls are waiting now. */
    public int waiting() {
        return waiting.get();
    }

    private void pass(Call call, Path path) {
        if (!stalls.test(call, path)) {
            return;
        }
        waiting.incrementAndGet();
        boolean interrupted = false;
        CountDownLatch until = quick;
        while (until.getCount() > 0) {
            try {
                until.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.decrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new StallingFile(disk.open(file), file);
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

    private final class StallingFile implements DiskFile {
        private final DiskFile file;
        private final Path path;

        StallingFile(DiskFile file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            pass(Call.READ, path);
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
            pass(Call.SYNC, path);
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
