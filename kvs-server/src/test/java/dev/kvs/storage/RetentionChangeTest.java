package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that agree on every key agree on the digest, also when one was started before the retention changed. */
class RetentionChangeTest {
    private static final long SHORT = 1_000;
    private static final long LONG = 10_000;

    private final SimScheduler scheduler = new SimScheduler();
    private final SimTime time = new SimTime(scheduler);
    private final SimRandomness randomness = new SimRandomness(7);
    private final SimDisk disk = new SimDisk(1);
    private final Set<Key> keys = new HashSet<>();
    private StoreSubject.SummingDigest digest;
    private Store store;

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aShorterRetentionTakesOutWhatStoodInTheDigestUnderTheLongerOne() throws IOException {
        open(LONG);
        delete("stays");
        delete("comes back");
        put("lives");
        pass(5_000);
        delete("young");
        store.checkpoint();

        reopen(SHORT);
        assertDigestHolds("");
        put("comes back");
        assertDigestHolds("");
        store.keepHouse();
        assertThat(store.winner(Key.of("stays"))).isNull();
        assertThat(store.winner(Key.of("young"))).isNotNull();
        assertDigestHolds("");

        pass(2_000);
        assertThat(store.winner(Key.of("young"))).isNull();
        assertDigestHolds("");
    }

    @Test
    void aLongerRetentionPutsBackWhatHasLeftTheDigestAndIsStillHere() throws IOException {
        open(SHORT);
        store.collectOnly(_ -> false);
        delete("stays");
        delete("comes back");
        put("lives");
        pass(2_000);

        reopen(LONG);
        assertDigestHolds("");
        put("comes back");
        assertDigestHolds("");

        pass(10_000);
        assertThat(store.winner(Key.of("stays"))).isNull();
        assertDigestHolds("");
    }

    /** What was taken out must not be taken out again. */
    @Test
    void theChangeIsMadeOnce() throws IOException {
        open(LONG);
        delete("k");
        pass(5_000);
        reopen(SHORT);
        for (long retention : new long[] {SHORT, SHORT, LONG, LONG, SHORT}) {
            reopen(retention);
            assertDigestHolds("with " + retention);
        }
    }

    private void open(long retentionMillis) throws IOException {
        TableSettings tables = new TableSettings(4_096, 2, 4, retentionMillis, new BodyCompression(false, 512, 3));
        StoreSettings settings = new StoreSettings(1 << 20, 1 << 16, 1 << 20, 5_000, 60_000, 1, tables);
        digest = new StoreSubject.SummingDigest();
        store = StoreOpening.openUnthreaded(disk, settings, new NodeId("n1"), time, randomness, digest);
    }

    private void reopen(long retentionMillis) throws IOException {
        store.close();
        open(retentionMillis);
    }

    private void pass(long millis) {
        scheduler.runFor(millis);
        store.checkpoint();
        store.keepHouse();
    }

    private void assertDigestHolds(String when) {
        digest.assertHolds(store, keys.stream(), when);
    }

    private void put(String key) {
        write(Proposal.live(Key.of(key), uuid(), VersionVector.EMPTY, Version.NEVER, Acl.UNOWNED, new byte[] {'1'}));
    }

    private void delete(String key) {
        write(Proposal.tombstone(Key.of(key), uuid(), VersionVector.EMPTY, Acl.UNOWNED));
    }

    private void write(Proposal proposal) {
        keys.add(proposal.key());
        store.write(List.of(proposal.replacing(store.newest(proposal.key()))), List.of())
                .await();
    }

    private UUID uuid() {
        return Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong());
    }
}
