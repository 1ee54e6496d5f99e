package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.crash.CrashHarness;
import dev.kvs.crash.CrashReport;
import dev.kvs.crash.CrashSubject;
import dev.kvs.crash.ForgetfulDisk;
import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole store, stopped at every write: log, manifest, journal and H2 file on one disk. Each step is a batch over two
 * keys, put or deleted; every few steps a checkpoint moves everything into the tables and cuts the log. After any crash the
 * winners, the revisions and the scan are those of some number of whole batches, none of the acknowledged ones missing.
 */
class StoreCrashTest {
    private static final int STEPS = 5;
    private static final int STEPS_PER_CHECKPOINT = 3;
    private static final int KEYS = 3;

    private static final Logger LOG = Logger.getLogger("dev.kvs.storage");
    private static final @Nullable Level USUAL = LOG.getLevel();

    /** Thousands of planned failures would each be logged as the disaster it is. */
    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(USUAL);
    }

    @Test
    void everyAcknowledgedBatchSurvivesACutAnywhere() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            CrashReport report = harness(seed, _ -> false).cutEverywhere();
            assertThat(report.operations()).isGreaterThan(10 * STEPS);
            assertThat(report.cuts()).isGreaterThan(report.operations());
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void aStoreThatHasOnlyRecoveredCanBeClosed() throws IOException {
        StoreSubject subject = new StoreSubject(_ -> false);
        SimDisk disk = new SimDisk(1);
        subject.step(subject.open(disk), 1);
        disk.restart(CrashModel.LOSE_ALL);
        subject.close(subject.open(disk));
        assertThat(subject.stepsFound(subject.open(disk))).isEqualTo(1);
    }

    @Test
    void afterAFailedSyncNothingMoreIsAcknowledgedAndNothingIsLost() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, _ -> false).failEverySync().recoveries()).isGreaterThan(STEPS);
        }
    }

    @Test
    void aFullDiskLosesNothing() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed, _ -> false).fillDisk().recoveries()).isGreaterThan(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "log", "log/0000000001.wal", "store.mv.db", "store.mv.db.journal", "MANIFEST.new"})
    void aForgottenSyncIsFound(String path) {
        assertThatThrownBy(() -> harness(1, Path.of(path)::equals).cutEverywhere())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1");
    }

    private static CrashHarness<Store> harness(long seed, Predicate<Path> forgotten) {
        return new CrashHarness<>(new StoreSubject(forgotten), STEPS, seed).takingTurns();
    }

    private record StoreSubject(Predicate<Path> forgotten, Map<Store, SummingDigest> digests)
            implements CrashSubject<Store> {
        StoreSubject(Predicate<Path> forgotten) {
            this(forgotten, new WeakHashMap<>());
        }

        @Override
        public Store open(SimDisk disk) throws IOException {
            SummingDigest digest = new SummingDigest();
            Store store = StoreOpening.openUnthreaded(
                    new ForgetfulDisk(disk, forgotten),
                    StoreFixture.settings(),
                    new NodeId("node-1"),
                    new StillTime(),
                    new SeededRandomness(new SplittableRandom(1)),
                    digest);
            digests.put(store, digest);
            return store;
        }

        @Override
        public void step(Store store, int number) {
            store.awaitRoom();
            List<Proposal> proposals = proposals(number).stream()
                    .map(proposal -> proposal.replacing(store.newest(proposal.key())))
                    .toList();
            store.write(proposals, List.of()).await();
            if (number % STEPS_PER_CHECKPOINT == 0) {
                store.checkpoint();
            }
        }

        @Override
        public int stepsFound(Store store) {
            int found = 0;
            for (int i = 0; i < KEYS; i++) {
                Version winner = store.winner(key(i));
                found = Math.max(found, winner == null ? 0 : (int) winner.uuid().getMostSignificantBits());
            }
            List<String> live = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                List<Proposal> revisions = revisionsAfter(found, key(i));
                assertThat(revisionsIn(store, key(i)))
                        .as("%s after %d steps", key(i), found)
                        .isEqualTo(described(revisions));
                if (!revisions.isEmpty() && revisions.getLast().body().length > 0) {
                    live.add(key(i).toString());
                }
            }
            List<String> scanned = new ArrayList<>();
            store.scan(null, null, false)
                    .forEachRemaining(hit -> scanned.add(hit.key().toString()));
            assertThat(scanned).as("scan after %d steps", found).isEqualTo(live);
            Check.present(digests.get(store), "every store has its digest").assertHolds(store, found);
            return found;
        }

        @Override
        public void close(Store store) throws IOException {
            store.close();
        }

        private static Key key(int number) {
            return Key.of("k/" + number);
        }

        /** The winner, and then the kept revisions. */
        private static List<String> revisionsIn(Store store, Key key) {
            List<String> revisions = new ArrayList<>();
            store.history(key).versions().forEach(stored -> revisions.add(describe(stored.uuid(), stored.body())));
            Version winner = store.winner(key);
            if (winner != null) {
                revisions.add(describe(winner.uuid(), winner.body()));
            }
            return revisions;
        }

        private static List<String> described(List<Proposal> proposals) {
            List<String> revisions = new ArrayList<>();
            int kept = StoreFixture.settings().tables().historyMax();
            proposals
                    .subList(Math.max(0, proposals.size() - kept), proposals.size())
                    .forEach(proposal -> revisions.add(describe(proposal.uuid(), proposal.body())));
            if (!revisions.isEmpty()) {
                revisions.add(revisions.getLast());
            }
            return revisions;
        }

        private static String describe(UUID uuid, byte[] body) {
            return uuid + " " + new String(body, StandardCharsets.UTF_8);
        }

        private static List<Proposal> revisionsAfter(int steps, Key key) {
            List<Proposal> revisions = new ArrayList<>();
            for (int step = 1; step <= steps; step++) {
                proposals(step).stream()
                        .filter(proposal -> proposal.key().equals(key))
                        .forEach(revisions::add);
            }
            return revisions;
        }

        /** Two keys in one batch; every second step deletes the first of them. */
        private static List<Proposal> proposals(int step) {
            SplittableRandom random = new SplittableRandom(step);
            Key first = key(step % KEYS);
            Key second = key((step + 1 + random.nextInt(KEYS - 1)) % KEYS);
            Proposal last = live(second, new UUID(step, 2), "x".repeat(random.nextInt(700)));
            return step % 2 == 0
                    ? List.of(Proposal.tombstone(first, new UUID(step, 1), VersionVector.EMPTY, Acl.UNOWNED), last)
                    : List.of(live(first, new UUID(step, 1), "y".repeat(random.nextInt(700))), last);
        }

        private static Proposal live(Key key, UUID uuid, String text) {
            byte[] body = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
            return Proposal.live(key, uuid, VersionVector.EMPTY, Version.NEVER, Acl.UNOWNED, body);
        }
    }

    /** Adds up what the winners contribute, in two pages, and can be compared with the winners themselves. */
    private static final class SummingDigest implements WinnerDigest {
        private final long[] sums = new long[2];
        private final boolean[] changed = new boolean[2];

        private static int pageOf(Key key) {
            return (int) (key.hash() >>> 63);
        }

        @Override
        public void change(Key key, long removed, long added) {
            sums[pageOf(key)] += added - removed;
            changed[pageOf(key)] = true;
        }

        @Override
        public List<Page> takeChanged() {
            List<Page> pages = new ArrayList<>();
            for (int i = 0; i < sums.length; i++) {
                if (changed[i]) {
                    pages.add(
                            new Page(i, ByteBuffer.allocate(8).putLong(sums[i]).array()));
                }
                changed[i] = false;
            }
            return pages;
        }

        @Override
        public void restore(List<Page> pages) {
            pages.forEach(
                    page -> sums[page.number()] = ByteBuffer.wrap(page.bytes()).getLong());
        }

        void assertHolds(Store store, int steps) {
            long[] expected = new long[sums.length];
            for (int i = 0; i < KEYS; i++) {
                Version winner = store.winner(StoreSubject.key(i));
                if (winner != null) {
                    expected[pageOf(winner.key())] += winner.digestPrefix();
                }
            }
            assertThat(sums).as("digest after %d steps", steps).isEqualTo(expected);
        }
    }

    /** A clock that stands still: timestamps move by their logical part alone. */
    private static final class StillTime implements Time {
        @Override
        public long epochMillis() {
            return 1_700_000_000_000L;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }
    }

    private record SeededRandomness(SplittableRandom random) implements Randomness {
        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public void fillSecret(byte[] target) {
            random.nextBytes(target);
        }
    }
}
