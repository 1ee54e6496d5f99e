package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.StallingDisk;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that cannot keep up makes writers wait and then refuses them; it never costs memory, and it is forgiven. */
@Timeout(120)
class BackpressureTest {
    private static final int MEMTABLE_BYTES = 1 << 18;
    private static final int WAIT_MILLIS = 150;
    private static final int WRITERS = 16;
    private static final int BODY_BYTES = 1_000;
    private static final Path JOURNAL = Path.of("store.mv.db.journal");

    @TempDir
    Path folder;

    private StallingDisk disk;
    private StoreFixture fixture;

    @BeforeEach
    void open() throws IOException {
        disk = new StallingDisk(new FileDisk(folder));
        fixture = StoreFixture.on(disk, StoreFixture.settings(MEMTABLE_BYTES, WAIT_MILLIS));
    }

    @AfterEach
    void close() throws IOException {
        disk.goOn();
        fixture.close();
    }

    @Test
    void aFullMemtableMakesWritersWaitThenRefusesThemAndGoesOnWhenTheDiskDoes() throws Exception {
        disk.stall((call, path) -> call == StallingDisk.Call.SYNC && path.equals(JOURNAL));
        AtomicInteger acknowledged = new AtomicInteger();
        writeUntilRefusedThreeTimes(acknowledged);

        assertThat(disk.waiting()).as("the checkpoint hangs in its sync").isEqualTo(1);
        // Each writer may have passed the gate just before it was shut, and no more than once.
        long each = 2L * (BODY_BYTES + 1_000);
        assertThat(memtableBytes()).isBetween((long) MEMTABLE_BYTES, MEMTABLE_BYTES + WRITERS * each);
        assertThat(fixture.store().failure().reason()).isNull();
        assertThat(fixture.store().winner(key(1))).as("reads go on").isNotNull();

        disk.goOn();
        await().atMost(Duration.ofSeconds(30)).until(() -> memtableBytes() < MEMTABLE_BYTES);
        for (int i = 0; i < 1_000; i++) {
            write(acknowledged.incrementAndGet());
        }
        fixture.reopen();
        for (int i = 1; i <= acknowledged.get(); i++) {
            assertThat(fixture.store().winner(key(i))).as("document %d", i).isNotNull();
        }
    }

    @Test
    void aWriterIsLetInAsSoonAsThereIsRoom() throws Exception {
        fixture.close();
        fixture = StoreFixture.on(disk, StoreFixture.settings(MEMTABLE_BYTES, 60_000));
        disk.stall((call, path) -> call == StallingDisk.Call.SYNC && path.equals(JOURNAL));
        AtomicInteger written = new AtomicInteger();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = writers.submit(() -> {
                for (int i = 1; i <= 2_000; i++) {
                    write(i);
                    written.set(i);
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> memtableBytes() >= MEMTABLE_BYTES);
            assertThat(written).hasValueLessThan(2_000);
            assertThat(writer.isDone()).isFalse();
            disk.goOn();
            writer.get();
        }
        assertThat(written).hasValue(2_000);
    }

    /** A million sessions that expire together are far more work than the memtable has room for meanwhile. */
    @Test
    void aWriterDoesNotWaitUntilHousekeepingIsDone() throws Exception {
        fixture.close();
        fixture = StoreFixture.on(disk, StoreFixture.settings(MEMTABLE_BYTES, 60_000));
        int expired = Housekeeping.BATCH + 1;
        long soon = fixture.time().epochMillis() + 60_000;
        fixture.store()
                .write(
                        IntStream.range(0, expired)
                                .mapToObj(i -> proposal(Key.of("session/" + i), soon, new byte[0]))
                                .toList(),
                        List.of())
                .await();
        fixture.store().checkpoint();
        fixture.shift(120_000);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        AtomicInteger looked = new AtomicInteger();
        AtomicBoolean inTime = new AtomicBoolean();
        fixture.store().collectOnly(_ -> {
            int count = looked.incrementAndGet();
            if (count == 1) {
                begun.countDown();
                await().atMost(Duration.ofSeconds(30)).until(() -> memtableBytes() >= MEMTABLE_BYTES);
            } else if (count == expired) {
                inTime.set(isDown(written));
            }
            return true;
        });
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = writers.submit(() -> {
                begun.await();
                // More than the memtable holds, and less than twice as much.
                for (int i = 0; i < MEMTABLE_BYTES / BODY_BYTES; i++) {
                    write(i);
                }
                written.countDown();
                return null;
            });
            fixture.store().keepHouse();
            writer.get();
        }
        assertThat(looked).hasValue(expired);
        assertThat(inTime).as("written before the last key was collected").isTrue();
    }

    private static boolean isDown(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts housekeeping", e);
        }
    }

    private void writeUntilRefusedThreeTimes(AtomicInteger acknowledged) throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(writers.submit(() -> {
                    for (int refused = 0; refused < 3; ) {
                        try {
                            fixture.store().awaitRoom();
                            append(next.incrementAndGet());
                            acknowledged.incrementAndGet();
                        } catch (KvsException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
                            assertThat(e.detail()).contains("was full for " + WAIT_MILLIS + " ms");
                            refused++;
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(acknowledged).as("every number given was acknowledged").hasValue(next.get());
        assertThatThrownBy(() -> fixture.store().awaitRoom()).isInstanceOf(KvsException.class);
    }

    private void write(int number) {
        fixture.store().awaitRoom();
        append(number);
    }

    private void append(int number) {
        Proposal proposal = proposal(key(number), Version.NEVER, new byte[BODY_BYTES]);
        fixture.store()
                .write(List.of(proposal.replacing(fixture.store().newest(proposal.key()))), List.of())
                .await();
    }

    private Proposal proposal(Key key, long expiresAt, byte[] body) {
        return Proposal.live(
                key,
                Uuids.version7(
                        fixture.time().epochMillis(),
                        fixture.randomness().nextLong(),
                        fixture.randomness().nextLong()),
                VersionVector.EMPTY,
                expiresAt,
                Acl.UNOWNED,
                body);
    }

    private long memtableBytes() {
        return fixture.store().stats().memtableBytes();
    }

    private static Key key(int number) {
        return Key.of("k/" + number);
    }
}
