package dev.kvs.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.security.Rights;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import dev.kvs.storage.table.ReadLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower sees every version once, those of a key in order, wherever it goes on and however versions arrive. */
class ChangesTest {
    @TempDir
    private Path folder;

    private final List<LoneEngine> nodes = new ArrayList<>();
    private Random random = new Random(1);

    @BeforeEach
    void open() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            nodes.add(LoneEngine.over(StoreFixture.in(Files.createDirectory(folder.resolve(name)))));
        }
    }

    @AfterEach
    void close() throws IOException {
        for (LoneEngine node : nodes) {
            node.close();
        }
    }

    /** What a follower has been shown, checked as it comes. */
    private static final class Follower {
        private final Set<Dot> seen = new HashSet<>();
        private final Map<Key, Version> last = new HashMap<>();
        private Changes.Position position = Changes.Position.START;
        private boolean holes;

        /** Reads on until there is nothing more, or is cut off in the middle; then it goes on behind the last it saw. */
        void read(Changes changes, int atMost) {
            int left = atMost;
            Changes.Step step;
            if (!changes.covers(position)) {
                return;
            }
            do {
                step = changes.after(position, _ -> true, Rights.NODE);
                assertThat(step.more() && step.position().equals(position))
                        .as("a step with more behind it comes further")
                        .isFalse();
                for (Changes.Change change : step.changes()) {
                    if (left-- == 0) {
                        return;
                    }
                    take(change);
                }
                position = step.position();
                holes |= step.hole();
            } while (step.more());
        }

        private void take(Changes.Change change) {
            Version version = change.version();
            assertThat(seen.add(version.dot())).as("shown once: " + version).isTrue();
            Version before = last.put(version.key(), version);
            assertThat(before == null || VersionOrder.INSTANCE.compare(before, version) < 0)
                    .as(before + " before " + version)
                    .isTrue();
            position = change.position();
            holes |= change.hole();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyVersionOnceAndInOrderOnAnyNode(long seed) {
        random = new Random(seed);
        Follower follower = new Follower();
        for (int i = 0; i < 400; i++) {
            write(random.nextInt(3));
            if (random.nextInt(4) == 0) {
                deliver(random.nextInt(3), random.nextInt(3));
            }
            if (random.nextInt(10) == 0) {
                follower.read(nodes.get(random.nextInt(3)).reader().changes(), random.nextInt(30));
            }
        }
        for (int from = 0; from < 3; from++) {
            deliver(from, 0);
        }
        follower.read(nodes.getFirst().reader().changes(), Integer.MAX_VALUE);
        follower.last.forEach((key, version) ->
                assertThat(nodes.getFirst().storage().store().winner(key)).isEqualTo(version));
        nodes.getFirst()
                .reader()
                .range(new Reader.RangeQuery(null, null, null, 1_000, false))
                .versions()
                .forEach(version -> assertThat(follower.last.get(version.key())).isEqualTo(version));
    }

    @Test
    void whoFollowsANodeSeesEachOfItsWritesAndGoesOnBehindARestart() throws IOException {
        Follower follower = new Follower();
        for (int i = 0; i < 1_000; i++) {
            put(0, "k" + i % 400, i);
        }
        follower.read(nodes.getFirst().reader().changes(), 500);
        nodes.getFirst().storage().reopen();
        Store store = nodes.getFirst().storage().store();
        follower.read(new Changes(store), Integer.MAX_VALUE);
        assertThat(follower.seen).hasSize(1_000);
        assertThat(follower.holes).isFalse();
    }

    /** A deletion of what was collected elsewhere is dated right after it, whatever its age, and so is a copy. */
    @Test
    void writesThatAreNotInTheOrderOfTheirTimesAreAllShown() {
        long base = Hlc.ofMillis(nodes.getFirst().storage().time().epochMillis() - 3_600_000);
        List<Long> times =
                new ArrayList<>(LongStream.range(base, base + 600).boxed().toList());
        writeAt("shuffled", shuffled(times), 1);
        writeAt("falling", times.reversed(), 0);
        deliver(1, 0);
        Follower follower = new Follower();
        follower.read(nodes.getFirst().reader().changes(), 700);
        follower.read(nodes.getFirst().reader().changes(), Integer.MAX_VALUE);
        assertThat(follower.seen).hasSize(1_200);
        assertThat(follower.holes).isFalse();
    }

    @Test
    void whatIsNotKeptAnyMoreIsToldAsAHole() {
        Follower follower = new Follower();
        for (int i = 0; i < 50; i++) {
            put(0, "hot", i);
        }
        nodes.getFirst().storage().store().checkpoint();
        follower.read(nodes.getFirst().reader().changes(), Integer.MAX_VALUE);
        assertThat(follower.holes).isTrue();
        assertThat(follower.seen).hasSizeLessThan(50);
        assertThat(follower.last.get(Key.of("hot")))
                .isEqualTo(nodes.getFirst().storage().store().winner(Key.of("hot")));
    }

    @Test
    void whatLostBeforeItCameIsNotShown() {
        put(1, "k", 1);
        put(0, "k", 2);
        Follower follower = new Follower();
        follower.read(nodes.getFirst().reader().changes(), Integer.MAX_VALUE);
        deliver(1, 0);
        follower.read(nodes.getFirst().reader().changes(), Integer.MAX_VALUE);
        assertThat(follower.seen).hasSize(1);
    }

    private List<Long> shuffled(List<Long> times) {
        List<Long> shuffled = new ArrayList<>(times);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** One key for each of these times, written in their order. */
    private void writeAt(String folder, List<Long> times, int node) {
        List<Proposal> proposals = times.stream()
                .map(time -> Proposal.live(
                                Key.of(folder + "/" + time),
                                Uuids.version7(Hlc.millis(time), random.nextLong(), random.nextLong()),
                                VersionVector.EMPTY,
                                Version.NEVER,
                                Acl.UNOWNED,
                                new byte[] {'1'})
                        .at(time))
                .toList();
        nodes.get(node).storage().store().write(proposals, List.of()).await();
    }

    private void write(int node) {
        String key = "k" + random.nextInt(20);
        if (random.nextInt(5) == 0) {
            nodes.get(node).coordinator().delete(Key.of(key), WriteOptions.NONE);
        } else {
            put(node, key, random.nextInt());
        }
    }

    private void put(int node, String key, int value) {
        byte[] json = Integer.toString(value).getBytes(StandardCharsets.UTF_8);
        nodes.get(node).coordinator().put(Key.of(key), json, new Expiry.Never(), WriteOptions.NONE);
    }

    /** Brings some of what one node has written to another. */
    private void deliver(int from, int to) {
        Store source = nodes.get(from).storage().store();
        Store target = nodes.get(to).storage().store();
        if (from == to) {
            return;
        }
        for (Dot known : source.feed().knowledge().dots()) {
            long has = target.feed().knowledge().sequenceOf(known.store());
            if (known.store().equals(target.id()) || has >= known.sequence()) {
                continue;
            }
            List<Version> stretch = source.feed()
                    .versionsOf(known.store(), has, known.sequence(), ReadLimit.NONE)
                    .items();
            for (Version version : stretch) {
                Arrivals.Arrival arrival = new Arrivals.Arrival(version, target.newest(version.key()));
                VersionVector heard = VersionVector.of(List.of(version.dot()));
                target.receive(new Arrivals(List.of(arrival), heard, List.of(), List.of()))
                        .await();
            }
        }
    }
}
