package dev.kvs.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/**
 * A disk that, while it stalls, does not answer certain calls: neither with bytes nor with an error, as a lost network
 * volume or a dying drive does. {@link #goOn} lets everything through.
 */
public final class StallingDisk extends PassingDisk {
    /** What may stall. */
    public enum Call {
        READ,
        SYNC
    }

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile BiPredicate<Call, Path> stalls = (_, _) -> false;
    private volatile CountDownLatch quick = new CountDownLatch(0);

    public StallingDisk(Disk disk) {
        super(disk);
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
    protected DiskFile opened(Path path, DiskFile file) {
        return new StallingFile(path, file);
    }

    private final class StallingFile extends PassingFile {
        private final Path path;

        StallingFile(Path path, DiskFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            pass(Call.READ, path);
            return super.read(target, position);
        }

        @Override
        public void sync() throws IOException {
            pass(Call.SYNC, path);
            super.sync();
        }
    }
}
