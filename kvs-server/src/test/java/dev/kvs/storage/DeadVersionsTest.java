package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.storage.table.ReadLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has left its key's history is gone for everybody, whether it has been removed from the table yet or not. */
class DeadVersionsTest {
    /** As many versions as {@link StoreFixture#settings} keeps of a key. */
    private static final int KEPT = 4;

    private static final Key KEY = Key.of("k");

    private final SimTime time = new SimTime(new SimScheduler());
    private final SimRandomness randomness = new SimRandomness(7);
    private final SimDisk disk = new SimDisk(1);
    private final List<Version> written = new ArrayList<>();
    private Store store;

    @BeforeEach
    void open() throws IOException {
        store = StoreOpening.openUnthreaded(
                disk, StoreFixture.settings(), new NodeId("n1"), time, randomness, WinnerDigest.NONE);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aStretchHasTheLivingAlone() {
        overwrite(KEY, 30);
        assertThat(stretch(100)).containsExactlyElementsOf(written.subList(30 - KEPT, 30));
    }

    /** Whoever is given fewer than he asked for takes what is missing for pruned. */
    @Test
    void aStretchIsFilledUpWithWhatComesAfterTheDead() {
        overwrite(KEY, 10);
        List<Version> others =
                IntStream.range(0, 5).mapToObj(i -> write(Key.of("other/" + i))).toList();
        store.checkpoint();
        assertThat(stretch(KEPT)).containsExactlyElementsOf(written.subList(10 - KEPT, 10));
        assertThat(stretch(KEPT + 3).subList(KEPT, KEPT + 3)).containsExactlyElementsOf(others.subList(0, 3));
    }

    @Test
    void theDeadAreNotHeld() {
        overwrite(KEY, 10);
        assertThat(written.subList(0, 10 - KEPT))
                .noneMatch(version -> store.feed().holds(version.dot()));
        assertThat(written.subList(10 - KEPT, 10))
                .allMatch(version -> store.feed().holds(version.dot()));
    }

    /** Another node may send what is long replaced here; then it is a version like any other, until it falls out again. */
    @Test
    void aDeadVersionCanComeAgain() {
        overwrite(KEY, 10);
        Version old = written.getFirst();
        store.receive(new Arrivals(
                        List.of(new Arrivals.Arrival(old, store.newest(KEY))),
                        VersionVector.EMPTY,
                        List.of(),
                        List.of()))
                .await();
        store.checkpoint();
        assertThat(store.history(KEY).versions()).contains(old);
        assertThat(store.feed().holds(old.dot())).isTrue();
        overwrite(KEY, KEPT);
        assertThat(store.feed().holds(old.dot())).isFalse();
    }

    @Test
    void theDeadAreGoneAfterACompaction() throws IOException {
        byte[] body = new byte[8_000];
        randomness.fillSecret(body);
        for (int i = 0; i < 40; i++) {
            for (int key = 0; key < 10; key++) {
                write(Key.of("many/" + key), body);
            }
            store.checkpoint();
        }
        long before = store.stats().tableBytes();
        store.compact(10_000);
        assertThat(store.stats().tableBytes()).isLessThan(before / 4);
        List<Dot> living = written.subList(written.size() - 10 * KEPT, written.size()).stream()
                .map(Version::dot)
                .toList();
        assertThat(stretch(1_000).stream().map(Version::dot)).containsExactlyElementsOf(living);
    }

    /** A thousand places whose versions are mostly dead are removed without anybody asking. */
    @Test
    void halfARegionOfDeadVersionsIsRemoved() throws IOException {
        byte[] body = new byte[2_000];
        long highest = 0;
        for (int i = 0; i < 40; i++) {
            for (int key = 0; key < 100; key++) {
                write(Key.of("many/" + key), body);
            }
            store.checkpoint();
            highest = Math.max(highest, store.stats().tableBytes());
        }
        assertThat(stretch(10_000)).hasSize(100 * KEPT);
        // 400 versions are kept, 1,024 places make a region: far fewer than the 4,000 that were written.
        assertThat(highest).isLessThan(2_500L * 2_000);
    }

    private void overwrite(Key key, int times) {
        for (int i = 0; i < times; i++) {
            write(key);
            // One checkpoint each, because a checkpoint writes no more of a key than is kept.
            store.checkpoint();
        }
    }

    private Version write(Key key) {
        return write(key, new byte[] {'1'});
    }

    private Version write(Key key, byte[] body) {
        Proposal proposal = Proposal.live(
                key,
                Uuids.version7(1, randomness.nextLong(), randomness.nextLong()),
                VersionVector.EMPTY,
                Version.NEVER,
                Acl.UNOWNED,
                body);
        Commit commit = store.write(List.of(proposal.replacing(store.newest(key))), List.of());
        commit.await();
        written.add(commit.versions().getFirst());
        return written.getLast();
    }

    private List<Version> stretch(int limit) {
        return store.feed()
                .versionsOf(store.id(), 0, written.size(), new ReadLimit(limit, Long.MAX_VALUE))
                .items();
    }
}
