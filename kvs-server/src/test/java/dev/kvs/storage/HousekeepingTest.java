package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.Uuids;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store whose clock moves while it keeps house. */
class HousekeepingTest {
    private final SimScheduler scheduler = new SimScheduler();
    private final SimTime time = new SimTime(scheduler);
    private final SimRandomness randomness = new SimRandomness(7);
    private Store store;

    @BeforeEach
    void open() throws IOException {
        TableSettings tables = new TableSettings(4_096, 2, 4, 10_000, new BodyCompression(false, 512, 3));
        StoreSettings settings = new StoreSettings(1 << 20, 1 << 16, 1 << 20, 5_000, 60_000, 1, tables);
        store = StoreOpening.openUnthreaded(
                new SimDisk(1), settings, new NodeId("n1"), time, randomness, new StoreSubject.SummingDigest());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** It looked at them for ever: they were due by the clock, and not by the epoch that the digest had been taken to. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatBecomesDueMeanwhileIsLeftForTheNextTime() {
        long now = time.epochMillis();
        for (int i = 0; i < Housekeeping.BATCH; i++) {
            put("early/" + i, now + 1_000);
            put("late/" + i, now + 3_000);
        }
        store.checkpoint();
        scheduler.runFor(2_000);
        AtomicBoolean moved = new AtomicBoolean();
        store.collectOnly(_ -> {
            if (moved.compareAndSet(false, true)) {
                scheduler.runFor(2_000);
            }
            return true;
        });

        store.keepHouse();
        assertThat(store.winner(Key.of("early/0"))).isNull();
        assertThat(store.winner(Key.of("late/0"))).isNotNull();

        store.keepHouse();
        assertThat(store.winner(Key.of("late/0"))).isNull();
    }

    private void put(String key, long expiresAt) {
        Proposal proposal = Proposal.live(
                Key.of(key),
                Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong()),
                VersionVector.EMPTY,
                expiresAt,
                Acl.UNOWNED,
                new byte[] {'1'});
        store.awaitRoom();
        store.write(List.of(proposal.replacing(store.newest(proposal.key()))), List.of())
                .await();
    }
}
