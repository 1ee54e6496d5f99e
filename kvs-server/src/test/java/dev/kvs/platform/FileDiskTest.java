package dev.kvs.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest extends DiskContract {
    @TempDir
    private Path root;

    private FileDisk disk;

    @BeforeEach
    void create() {
        disk = new FileDisk(root);
    }

    @Override
    Disk disk() {
        return disk;
    }

    @Test
    void theRootItselfCanBeCreated() throws IOException {
        Path fresh = root.resolve("not/there/yet");
        FileDisk disk = new FileDisk(fresh);
        disk.createDirectories(Path.of(""));
        disk.open(FILE).close();
        assertThat(fresh.resolve(FILE)).isRegularFile();
    }

    @Test
    void symbolicLinksBelowTheRootAreFollowed(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(root.resolve(FOLDER), elsewhere);
        disk.open(FOLDER.resolve(FILE)).close();
        assertThat(elsewhere.resolve(FILE)).isRegularFile();
    }

    @Test
    void anInterruptedThreadReadsWritesAndSyncsAndStaysInterrupted() throws IOException {
        try (DiskFile file = disk.open(FILE)) {
            Thread.currentThread().interrupt();
            write(file, "abc", 0);
            file.sync();
            file.truncate(2);
            disk.syncDirectory(Path.of(""));
            String found = read(file, 0, 10);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(found).isEqualTo("ab");
        }
    }

    /** The file is deleted first: whoever survives interrupts by opening the name again would find another file. */
    @Test
    void interruptsUnderLoadNeverCloseTheFileForAnyone() throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger interruptsSeen = new AtomicInteger();
        try (DiskFile file = disk.open(FILE)) {
            disk.delete(FILE);
            List<Thread> threads = new ArrayList<>();
            CountDownLatch running = new CountDownLatch(32);
            for (int i = 0; i < 32; i++) {
                int page = i;
                Thread.Builder builder = i % 4 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
                threads.add(builder.start(() -> {
                    try {
                        exercise(file, page, running, interruptsSeen);
                    } catch (IOException | RuntimeException | AssertionError e) {
                        failures.add(e);
                        running.countDown();
                    }
                }));
            }
            running.await();
            for (int round = 0; round < 50; round++) {
                threads.forEach(Thread::interrupt);
                Thread.yield();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            write(file, "still open", 0);
        }
        assertThat(failures).isEmpty();
        assertThat(interruptsSeen).hasPositiveValue();
    }

    /** Each thread owns one page, and finds in it what it wrote last, whatever interrupts it. */
    private static void exercise(DiskFile file, int page, CountDownLatch running, AtomicInteger interruptsSeen)
            throws IOException {
        byte[] bytes = new byte[4096];
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (page * 7 + round + i);
            }
            file.write(ByteBuffer.wrap(bytes), page * 4096L);
            if (round % 100 == 50) {
                file.sync();
            }
            ByteBuffer found = ByteBuffer.allocate(bytes.length);
            assertThat(file.read(found, page * 4096L)).isEqualTo(bytes.length);
            assertThat(found.array()).isEqualTo(bytes);
            if (round == 10) {
                running.countDown();
            }
            if (round > 10 && Thread.currentThread().isInterrupted() && round % 3 == 0) {
                Thread.interrupted();
                interruptsSeen.incrementAndGet();
            }
        }
    }
}
