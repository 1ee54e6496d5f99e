package dev.kvs.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvs.platform.FileDisk;
import dev.kvs.platform.StallingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers take no lock, and a commit empties the journal that they read. */
@Timeout(60)
class JournaledFileTest {
    private static final Path FILE = Path.of("store");
    private static final Path JOURNAL = Path.of("store.journal");
    private static final int BLOCKS = 4;

    @TempDir
    Path folder;

    private StallingDisk disk;
    private JournaledFile file;

    @BeforeEach
    void open() throws IOException {
        disk = new StallingDisk(new FileDisk(folder));
        file = JournaledFile.open(disk, FILE);
    }

    @AfterEach
    void close() throws IOException {
        disk.goOn();
        file.close();
    }

    @Test
    void aReaderThatACommitOvertakesReadsWhatWasCommitted() throws Exception {
        write(0, 1);

        assertThat(readWhile(() -> file.commit())).isEqualTo(blocks(1));
    }

    @Test
    void aReaderNeverTakesOtherBlocksForItsOwnOnceTheJournalHasBegunAnew() throws Exception {
        write(0, 1);

        assertThat(readWhile(() -> {
                    file.commit();
                    write(BLOCKS, 2);
                }))
                .isEqualTo(blocks(1));
    }

    /** Reads the first blocks on a thread that hangs in its first read of the journal until all of {@code meanwhile} is done. */
    private byte[] readWhile(Step meanwhile) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            begun.await();
            ByteBuffer target = ByteBuffer.allocate(BLOCKS * JournaledFile.BLOCK);
            assertThat(file.read(target, 0)).isEqualTo(target.capacity());
            assertThat(target.hasRemaining()).isFalse();
            return target.array();
        });
        Thread reader = Thread.ofPlatform().daemon().start(task);
        disk.stall((call, path) ->
                call == StallingDisk.Call.READ && path.equals(JOURNAL) && Thread.currentThread() == reader);
        begun.countDown();
        await().until(() -> disk.waiting() == 1);
        meanwhile.run();
        disk.goOn();
        return task.get();
    }

    private void write(int firstBlock, int filledWith) throws IOException {
        file.write(ByteBuffer.wrap(blocks(filledWith)), (long) firstBlock * JournaledFile.BLOCK);
    }

    private static byte[] blocks(int filledWith) {
        byte[] bytes = new byte[BLOCKS * JournaledFile.BLOCK];
        Arrays.fill(bytes, (byte) filledWith);
        return bytes;
    }

    private interface Step {
        void run() throws IOException;
    }
}
