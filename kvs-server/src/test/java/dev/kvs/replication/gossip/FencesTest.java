package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.Member;
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
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.StoreSettings;
import dev.kvs.storage.WinnerDigest;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FencesTest {
    private static final long RETENTION_MILLIS = 60_000;
    private static final NodeId OTHER = new NodeId("other");

    private final SimScheduler world = new SimScheduler();
    private final SimTime time = new SimTime(world);
    private final SimRandomness randomness = new SimRandomness(7);
    private final SimDisk disk = new SimDisk(7);
    private final Peers peers = new Peers(time);

    @Test
    void aStoreThatIsAwayIsWaitedForAlsoAfterARestart() throws IOException {
        Store before = open();
        StoreId away = store(1);
        before.feed().meet(away);
        before.checkpoint();
        before.feed().meet(store(2));
        Version version = write(before);
        before.close();

        Store store = open();
        assertThat(store.feed().met()).containsExactlyInAnyOrder(away, store(2));
        assertThat(new Fences(peers, store.feed(), time).haveAllPassed(version)).isFalse();
    }

    @Test
    void aStoreThatHasPassedIsNotWaitedFor() throws IOException {
        Store store = open();
        Version version = write(store);
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        assertThat(fences.haveAllPassed(version)).isFalse();
        peers.told(OTHER, word(store(1), VersionVector.of(List.of(version.dot()))));
        assertThat(fences.haveAllPassed(version)).isTrue();
    }

    @Test
    void aDeletionStaysUntilEverybodyAlsoKnowsWhatItDeleted() throws IOException {
        Store store = open();
        Version version = write(store);
        Dot deleted = new Dot(store(3), 5);
        Version deletion = replacing(store, VersionVector.of(List.of(deleted)));
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        peers.told(OTHER, word(store(1), VersionVector.of(List.of(deletion.dot()))));
        assertThat(fences.haveAllPassed(version)).isTrue();
        assertThat(fences.haveAllPassed(deletion)).isFalse();
        peers.told(OTHER, word(store(1), VersionVector.of(List.of(deleted))));
        assertThat(fences.haveAllPassed(deletion)).isFalse();
        store.receive(new Arrivals(List.of(), VersionVector.of(List.of(deleted)), List.of(), List.of()))
                .await();
        world.runFor(RETENTION_MILLIS + 1);
        assertThat(fences.haveAllPassed(deletion)).isTrue();
    }

    @Test
    void aStoreThatIsSilentForLongerThanDeletionsAreKeptIsFenced() throws IOException {
        Store store = open();
        Version version = write(store);
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        world.runFor(RETENTION_MILLIS);
        assertThat(fences.haveAllPassed(version)).isFalse();
        world.runFor(1_000);
        assertThat(fences.haveAllPassed(version)).isTrue();
    }

    @Test
    void theLateWordOfAnEmptiedDiskSaysNothingOfTheNewOne() throws IOException {
        Store store = open();
        Version version = write(store);
        join(store, store(1));
        join(store, store(2));
        peers.told(OTHER, word(store(1), VersionVector.of(List.of(version.dot()))));
        assertThat(peers.holding(version.dot())).isZero();
        assertThat(new Fences(peers, store.feed(), time).haveAllPassed(version)).isFalse();
    }

    @Test
    void aStoreThatHoldsBackAVersionHasNotPassedIt() throws IOException {
        Store store = open();
        Version version = write(store);
        VersionVector known = version.vector();
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        peers.told(OTHER, new PushReply(store(1), known, version.hlc(), false, false));
        assertThat(fences.haveAllPassed(version)).isFalse();
        peers.told(OTHER, new PushReply(store(1), known, version.hlc() + 1, false, false));
        assertThat(fences.haveAllPassed(version)).isTrue();
    }

    @Test
    void aLateWordDoesNotTakeBackThatSomethingIsHeldBack() throws IOException {
        Store store = open();
        Version first = write(store);
        Version second = write(store);
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        peers.told(OTHER, new PushReply(store(1), second.vector(), second.hlc(), false, false));
        peers.told(OTHER, word(store(1), first.vector()));
        assertThat(fences.haveAllPassed(first)).isTrue();
        assertThat(fences.haveAllPassed(second)).isFalse();
    }

    @Test
    void whatAStoreHadWrittenWhenItPassedHasToBeHereToo() throws IOException {
        Store store = open();
        Version version = write(store);
        Dot unseen = new Dot(store(1), 1);
        Dot later = new Dot(store(1), 2);
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        peers.told(OTHER, word(store(1), version.vector().with(unseen)));
        assertThat(fences.haveAllPassed(version)).isFalse();
        // It goes on writing, so that something is always on its way.
        peers.told(OTHER, word(store(1), version.vector().with(later)));
        assertThat(fences.haveAllPassed(version)).isFalse();
        store.receive(new Arrivals(List.of(), VersionVector.of(List.of(unseen)), List.of(), List.of()))
                .await();
        assertThat(fences.haveAllPassed(version)).isTrue();
    }

    @Test
    void whatOnlyAFencedStoreKnewIsNotWaitedFor() throws IOException {
        Store store = open();
        Version version = write(store);
        Fences fences = new Fences(peers, store.feed(), time);
        join(store, store(1));
        peers.told(OTHER, word(store(1), version.vector().with(new Dot(store(1), 1))));
        assertThat(fences.haveAllPassed(version)).isFalse();
        world.runFor(RETENTION_MILLIS + 1_000);
        assertThat(fences.haveAllPassed(version)).isTrue();
    }

    private static PushReply word(StoreId store, VersionVector knowledge) {
        return new PushReply(store, knowledge, Long.MAX_VALUE, false, false);
    }

    private void join(Store store, StoreId joined) {
        store.feed().meet(joined);
        peers.add(Member.beginning(OTHER, "other:8080", joined, 1, "normal", "1.0.0"));
    }

    private static StoreId store(int number) {
        return new StoreId(Uuids.version7(1, number, number));
    }

    private Version write(Store store) {
        return replacing(store, VersionVector.EMPTY);
    }

    private Version replacing(Store store, VersionVector seen) {
        Key key = Key.of("k");
        var commit = store.write(
                List.of(Proposal.live(
                        key,
                        Uuids.version7(1, randomness.nextLong(), randomness.nextLong()),
                        seen,
                        Version.NEVER,
                        Acl.UNOWNED,
                        new byte[] {'1'})),
                List.of());
        commit.await();
        return commit.versions().getFirst();
    }

    private Store open() throws IOException {
        StoreSettings settings = new StoreSettings(
                1 << 20,
                1 << 16,
                1 << 18,
                5_000,
                60_000,
                10_000,
                new TableSettings(1_024, 1, 10, RETENTION_MILLIS, new BodyCompression(false, 512, 3)));
        return StoreOpening.openUnthreaded(disk, settings, new NodeId("here"), time, randomness, WinnerDigest.NONE);
    }
}
