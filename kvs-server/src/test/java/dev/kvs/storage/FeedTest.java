package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.ReadLimit;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a peer is sent must be all there is: it takes whatever is missing for pruned. */
class FeedTest {
    private static final ReadLimit TEN = new ReadLimit(10, Long.MAX_VALUE);

    private final SimTime time = new SimTime(new SimScheduler());
    private final SimRandomness randomness = new SimRandomness(7);

    @Test
    void whatIsHeldBackIsPassedOnAllTheSame() throws IOException {
        List<Version> written = write(open(8), 2);
        Store store = open(7);
        take(store, List.of(written.get(0)), List.of(written.get(1)));
        assertThat(stretch(store, written)).isEqualTo(written);
    }

    /** Found by the simulation: for the time of one sync such versions were nowhere, and a peer took them for pruned. */
    @Test
    void whatWasHeldBackIsPassedOnAlsoWhileItsReleaseIsNotYetSynced() throws IOException {
        List<Version> written = write(open(8), 2);
        Store store = open(7);
        Dot last = written.getLast().dot();
        store.receive(new Arrivals(
                        arrivals(store, written.subList(0, 1)),
                        VersionVector.EMPTY.with(last),
                        List.of(),
                        written.subList(1, 2)))
                .await();
        Commit release = store.receive(
                new Arrivals(arrivals(store, written.subList(1, 2)), VersionVector.EMPTY, List.of(), List.of()));
        assertThat(store.feed().knowledge().contains(last)).isTrue();
        assertThat(stretch(store, written)).isEqualTo(written);
        release.await();
        assertThat(stretch(store, written)).isEqualTo(written);
    }

    @Test
    void whatCameOutOfOrderAndIsInTheTablesAlreadyIsPassedOn() throws IOException {
        List<Version> written = write(open(8), 2);
        Store store = open(7);
        take(store, List.of(written.get(1)), List.of());
        store.checkpoint();
        take(store, List.of(written.get(0)), List.of());
        assertThat(stretch(store, written)).isEqualTo(written);
    }

    @Test
    void whatTheTablesHadNoRoomForIsNotSkippedForWhatIsInMemory() throws IOException {
        Store store = open(8);
        long twoAndAHalf = write(store, 6).getFirst().footprint() * 5L / 2;
        store.checkpoint();
        write(store, 6);
        long after = 0;
        for (int i = 1; i <= 11; i += 2) {
            Batch<Version> batch = store.feed().versionsOf(store.id(), after, 12, new ReadLimit(10, twoAndAHalf));
            assertThat(batch.items()).extracting(Version::sequence).containsExactly((long) i, i + 1L);
            assertThat(batch.more()).isEqualTo(i < 11);
            after = i + 1;
        }
    }

    @Test
    void aLimitOfVersionsIsNotAnEndOfThem() throws IOException {
        Store store = open(8);
        write(store, 4);
        store.checkpoint();
        assertThat(store.feed()
                        .versionsOf(store.id(), 0, 4, new ReadLimit(3, Long.MAX_VALUE))
                        .more())
                .isTrue();
        assertThat(store.feed()
                        .versionsOf(store.id(), 0, 4, new ReadLimit(4, Long.MAX_VALUE))
                        .more())
                .isFalse();
    }

    private static List<Version> stretch(Store store, List<Version> written) {
        StoreId origin = written.getFirst().origin().store();
        return store.feed().versionsOf(origin, 0, written.size(), TEN).items();
    }

    private static void take(Store store, List<Version> versions, List<Version> heldBack) {
        store.receive(new Arrivals(arrivals(store, versions), VersionVector.EMPTY, List.of(), heldBack))
                .await();
    }

    private static List<Arrivals.Arrival> arrivals(Store store, List<Version> versions) {
        return versions.stream()
                .map(version -> new Arrivals.Arrival(version, store.newest(version.key())))
                .toList();
    }

    private List<Version> write(Store store, int count) {
        for (int i = 0; i < count; i++) {
            store.write(List.of(proposal(Key.of("k" + i))), List.of()).await();
        }
        return store.feed()
                .versionsOf(store.id(), 0, count, new ReadLimit(count, Long.MAX_VALUE))
                .items();
    }

    private Proposal proposal(Key key) {
        return Proposal.live(
                key,
                Uuids.version7(1, randomness.nextLong(), randomness.nextLong()),
                VersionVector.EMPTY,
                Version.NEVER,
                Acl.UNOWNED,
                new byte[] {'1'});
    }

    private Store open(long seed) throws IOException {
        StoreSettings settings = new StoreSettings(
                1 << 20,
                1 << 16,
                1 << 18,
                5_000,
                60_000,
                10_000,
                new TableSettings(1_024, 1, 10, 60_000, new BodyCompression(false, 512, 3)));
        return StoreOpening.openUnthreaded(
                new SimDisk(seed), settings, new NodeId("n" + seed), time, randomness, WinnerDigest.NONE);
    }
}
