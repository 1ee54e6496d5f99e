package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Kind;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.SimScheduler;
import dev.kvs.replication.Stripes;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back after its deletion was collected is not stored again: it is listed and counted, once. */
class QuarantineTest {
    /** Far beyond the ten seconds for which deletions are kept here. */
    private static final long LONG_AGO_MILLIS = 3_600_000;

    /** As many as are listed. */
    private static final int LISTED = 1_000;

    private static final int MORE = 3;

    private static final ReplicationSettings SETTINGS =
            new ReplicationSettings(500, 1_000, 10_000, 2_000, 5, 5, 2_000, false);

    @TempDir
    Path folder;

    private final Origin there = new Origin(new StoreId(new UUID(2, 2)), new NodeId("two"), 2);
    private StoreFixture storage;
    private Store store;
    private GossipReplication replication;
    private long written;
    private long longAgo;

    @BeforeEach
    void open() throws IOException {
        storage = StoreFixture.in(folder);
        store = storage.store();
        longAgo = storage.time().epochMillis() - LONG_AGO_MILLIS;
        Network nobody =
                (address, path, body, timeout, then) -> then.accept(new Network.Unreachable("nobody is there"));
        replication = new GossipReplication(
                store,
                new WinnerTree(),
                new Stripes(),
                new GossipReplication.Ports(storage.time(), new SimScheduler(), nobody, storage.randomness()),
                SETTINGS,
                ReplicationMetrics.NONE,
                catchingUp -> {});
        // All that comes back was here once, and whatever deleted it is gone.
        VersionVector known = VersionVector.of(List.of(new Dot(there.store(), 10 * LISTED)));
        store.receive(new Arrivals(List.of(), known, List.of(), List.of())).await();
        store.passEpoch(storage.time().epochMillis());
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private Version version(Key key, long millis) {
        written++;
        return new Version.Draft(
                        key,
                        Uuids.version7(millis, written, written),
                        Hlc.ofMillis(millis),
                        there,
                        written,
                        VersionVector.of(List.of(new Dot(there.store(), written))),
                        Version.NEVER,
                        Kind.LIVE,
                        Acl.UNOWNED)
                .seal("1".getBytes(StandardCharsets.UTF_8));
    }

    private Version old(Key key) {
        return version(key, longAgo);
    }

    /** As the other side of a comparison sends what it has and this node has not. */
    private void comesBack(Version... versions) {
        PushReply word = new PushReply(there.store(), VersionVector.EMPTY, Long.MAX_VALUE, false, false);
        byte[] body = new PushMessage(word, List.of(), List.of(versions)).encode();
        Check.present(replication.services().get(PeerPath.PUSH), "served").answer("two", body);
    }

    @Test
    void whatComesBackIsListedAndCountedByKeyspaceAndNotStored() {
        Version document = old(Key.of("k/1"));
        Version other = old(Key.of("k/2"));
        Version user = old(Key.ofSystem("users/ada"));
        comesBack(document, user);
        comesBack(other);
        assertThat(replication.quarantineCount(Keyspace.DOCUMENTS)).isEqualTo(2);
        assertThat(replication.quarantineCount(Keyspace.SYSTEM)).isEqualTo(1);
        assertThat(replication.quarantineCount()).isEqualTo(3);
        assertThat(replication.quarantined()).containsExactly(document, user, other);
        assertThat(store.winner(document.key())).isNull();
        assertThat(store.winner(user.key())).isNull();
    }

    @Test
    void whatComesBackTwiceCountsOnce() {
        Version first = old(Key.of("k/1"));
        Version second = old(Key.of("k/2"));
        comesBack(first, second);
        comesBack(first);
        comesBack(second, first);
        assertThat(replication.quarantineCount()).isEqualTo(2);
        assertThat(replication.quarantined()).containsExactly(first, second);
    }

    @Test
    void theOldestEntriesMakeRoomAndStayCounted() {
        Version[] all = IntStream.range(0, LISTED + MORE)
                .mapToObj(number -> old(Key.of("k/" + number)))
                .toArray(Version[]::new);
        comesBack(all);
        assertThat(replication.quarantineCount(Keyspace.DOCUMENTS)).isEqualTo(LISTED + MORE);
        assertThat(replication.quarantined())
                .containsExactlyElementsOf(List.of(all).subList(MORE, LISTED + MORE));
    }

    /** A relay may have left it out: what replaced it was lost with a disk. */
    @Test
    void whatIsNoOlderThanDeletionsAreKeptIsStored() {
        Version young = version(Key.of("k/1"), storage.time().epochMillis());
        comesBack(young);
        assertThat(replication.quarantineCount()).isZero();
        assertThat(store.winner(young.key())).isEqualTo(young);
    }

    @Test
    void whatWasNeverHereIsStoredHoweverOldItIs() {
        written = 10 * LISTED;
        Version unknown = old(Key.of("k/1"));
        comesBack(unknown);
        assertThat(replication.quarantineCount()).isZero();
        assertThat(store.winner(unknown.key())).isEqualTo(unknown);
    }

    /** The other side of it: this node was away while the others deleted and collected what it still has. */
    @Test
    void whatOthersHaveCollectedIsDeletedListedAndCountedOnce() {
        Quarantine quarantine = new Quarantine();
        Receiver receiver = new Receiver(
                store,
                new Stripes(),
                storage.time(),
                storage.randomness(),
                SETTINGS,
                quarantine,
                ReplicationMetrics.NONE,
                disputed -> {},
                () -> {});
        written = 10 * LISTED;
        Version document = old(Key.of("k/1"));
        Version replaced = old(Key.of("k/2"));
        Version user = old(Key.ofSystem("users/ada"));
        Version newer = version(replaced.key(), storage.time().epochMillis());
        receiver.receive(List.of(document, replaced, user, newer), VersionVector.EMPTY);
        receiver.bury(List.of(document, replaced, user));
        receiver.bury(List.of(document, replaced, user));
        assertThat(quarantine.entries()).containsExactly(document, user);
        assertThat(quarantine.refused(Keyspace.DOCUMENTS)).isEqualTo(1);
        assertThat(quarantine.refused(Keyspace.SYSTEM)).isEqualTo(1);
        Version deletion = Check.present(store.winner(document.key()), "buried");
        assertThat(deletion.kind()).isEqualTo(Kind.TOMBSTONE);
        assertThat(deletion.hlc()).isEqualTo(document.hlc() + 1);
        assertThat(store.winner(replaced.key())).isEqualTo(newer);
    }
}
