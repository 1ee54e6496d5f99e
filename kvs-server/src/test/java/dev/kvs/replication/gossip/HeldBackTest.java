package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.replication.Stripes;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose clock is behind: what waits for its time has a bound, and comes in small portions when that has come. */
class HeldBackTest {
    private static final long SKEW_MILLIS = 500;
    private static final long AHEAD_MILLIS = 3_600_000;

    /** One array for all documents, so that the test has room for many. */
    private static final byte[] JSON = new byte[1 << 20];

    private static final int FULL = (int) (HeldBack.BYTES_MAX / JSON.length);

    @TempDir
    Path folder;

    private final Origin there = new Origin(new StoreId(new UUID(2, 2)), new NodeId("two"), 2);
    private StoreFixture storage;
    private Store store;
    private Receiver receiver;
    private long startMillis;

    @BeforeEach
    void open() throws IOException {
        Arrays.fill(JSON, (byte) '1');
        storage = StoreFixture.in(folder);
        store = storage.store();
        startMillis = storage.time().epochMillis();
        receiver = new Receiver(
                store,
                new Stripes(),
                storage.time(),
                storage.randomness(),
                new ReplicationSettings(SKEW_MILLIS, 1_000, 10_000, 2_000, 5, 5, 2_000, false),
                new Quarantine(),
                ReplicationMetrics.NONE,
                conflict -> {},
                () -> {});
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private int receive(int sequence, long aheadMillis) {
        Dot dot = new Dot(there.store(), sequence);
        Version version = new Version.Draft(
                        Key.of("k/" + sequence),
                        new UUID(7, sequence),
                        Hlc.ofMillis(startMillis + aheadMillis),
                        there,
                        sequence,
                        VersionVector.of(List.of(dot)),
                        Version.NEVER,
                        Kind.LIVE,
                        Acl.UNOWNED)
                .seal(JSON);
        return receiver.receive(List.of(version), VersionVector.EMPTY);
    }

    @Test
    void whatWaitsHasABound() {
        for (int i = 1; i <= FULL; i++) {
            receive(i, AHEAD_MILLIS);
        }
        assertThat(store.heldBack()).hasSize(FULL);
        assertThatThrownBy(() -> receive(FULL + 1, AHEAD_MILLIS))
                .isInstanceOfSatisfying(
                        KvsException.class,
                        refused -> assertThat(refused.detail())
                                .contains("holds back 32 MiB", "max_clock_skew_ms", "check the clocks"));
        assertThat(receive(FULL + 2, 0)).as("what is not early").isEqualTo(1);
        assertThat(store.heldBack()).hasSize(FULL);
    }

    @Test
    void whatIsDueAtOnceComesInPortionsAndMakesRoom() {
        for (int i = 1; i <= FULL; i++) {
            receive(i, AHEAD_MILLIS - i);
        }
        receiver.releaseHeldBack();
        assertThat(store.heldBack()).as("not yet").hasSize(FULL);
        storage.shift(AHEAD_MILLIS);
        HeldBack waiting = new HeldBack(store, storage.time(), SKEW_MILLIS);
        assertThat(waiting.due())
                .extracting(Version::sequence)
                .as("the earliest")
                .containsExactly((long) FULL);
        receiver.releaseHeldBack();
        assertThat(store.heldBack()).isEmpty();
        assertThat(store.heldBackBytes()).isZero();
        for (int i = 1; i <= FULL; i++) {
            assertThat(store.winner(Key.of("k/" + i))).as("k/" + i).isNotNull();
        }
        assertThat(receive(FULL + 1, 2 * AHEAD_MILLIS)).isZero();
        assertThat(store.heldBack()).hasSize(1);
    }
}
