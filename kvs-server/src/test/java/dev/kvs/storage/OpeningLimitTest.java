package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.NodeId;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.StallingDisk;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.storage.format.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that does not open in time stops the start. */
@Timeout(60)
class OpeningLimitTest {
    private static final OpeningLimit SHORT = new OpeningLimit(200, Long.MAX_VALUE / 2_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"MANIFEST", "store.mv.db", "store.mv.db.journal", "log/"})
    void aDiskWhoseReadsHangStopsTheStart(String hanging) throws IOException {
        // Two lives, so that there is a journal and a log with something to read.
        try (StoreFixture fixture = StoreFixture.in(folder)) {
            fixture.reopen();
        }
        StallingDisk disk = new StallingDisk(new FileDisk(folder));
        disk.stall((call, path) ->
                call == StallingDisk.Call.READ && path.toString().startsWith(hanging));
        try {
            assertThatThrownBy(() -> open(disk, SHORT))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("after 200 ms")
                    .hasMessageContaining("the start is given up");
            assertThat(disk.waiting()).isPositive();
        } finally {
            disk.goOn();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> noThreadIsOpening());
        open(disk, SHORT).close();
    }

    private static boolean noThreadIsOpening() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("kvs-open"));
    }

    private static Store open(StallingDisk disk, OpeningLimit limit) throws IOException {
        return StoreOpening.open(
                disk,
                StoreFixture.settings(),
                new NodeId("node-1"),
                new SystemTime(),
                new SystemRandomness(),
                StorageMetrics.NONE,
                WinnerDigest.NONE,
                Trail.NONE,
                limit);
    }

    @Test
    void whatOpensTooLateIsClosed() {
        CountDownLatch late = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        assertThatThrownBy(() -> new OpeningLimit(10, 1).open(() -> 0L, () -> {
                    await(late, 30_000);
                    return (Closeable) () -> closed.set(true);
                }))
                .isInstanceOf(DamagedException.class);
        assertThat(closed).isFalse();
        late.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilTrue(closed);
    }

    @Test
    void aLargeStoreHasMoreTime() throws IOException {
        OpeningLimit limit = new OpeningLimit(100, 1_000);
        limit.open(() -> 20_000L, () -> {
                    assertThat(await(new CountDownLatch(1), 500)).isFalse();
                    return () -> {};
                })
                .close();
    }

    @Test
    void whatTheOpeningThrowsIsThrownAsItIs() {
        IOException broken = new IOException("broken");
        IllegalStateException wrong = new IllegalStateException("wrong");
        assertThatThrownBy(() -> SHORT.open(() -> 0L, () -> {
                    throw broken;
                }))
                .isSameAs(broken);
        assertThatThrownBy(() -> SHORT.open(() -> 0L, () -> {
                    throw wrong;
                }))
                .isSameAs(wrong);
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts an opening", e);
        }
    }
}
