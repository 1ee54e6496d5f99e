package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.crash.CrashSubject;
import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.Disk;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The whole store as the crash harness sees it. Each step is a batch over two keys, put or deleted; every few steps a
 * checkpoint moves everything into the tables and cuts the log. Whatever is found must be the winners, the revisions and the
 * scan of some number of whole batches.
 *
 * @param planted what is done to the disk before the store gets it
 * @param digests of each store that was opened
 */
record StoreSubject(UnaryOperator<Disk> planted, Map<Store, SummingDigest> digests) implements CrashSubject<Store> {
    private static final int STEPS_PER_CHECKPOINT = 3;
    private static final int KEYS = 3;

    StoreSubject(UnaryOperator<Disk> planted) {
        this(planted, new WeakHashMap<>());
    }

    @Override
    public Store open(SimDisk disk) throws IOException {
        SummingDigest digest = new SummingDigest();
        Store store = StoreOpening.openUnthreaded(
                planted.apply(disk),
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
        store.scan(Keyspace.DOCUMENTS, null, null, false)
                .forEachRemaining(hit -> scanned.add(hit.key().toString()));
        assertThat(scanned).as("scan after %d steps", found).isEqualTo(live);
        Check.present(digests.get(store), "every store has its digest")
                .assertHolds(store, IntStream.range(0, KEYS).mapToObj(StoreSubject::key), "after " + found + " steps");
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

    /** Adds up what the winners contribute, in two pages, and can be compared with the winners themselves. */
    static final class SummingDigest implements WinnerDigest {
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

        /** Compares with the winners of all keys there ever were. */
        void assertHolds(Store store, Stream<Key> keys, String when) {
            long[] expected = new long[sums.length];
            keys.forEach(key -> {
                Version winner = store.winner(key);
                if (winner != null && store.feed().isCounted(winner)) {
                    expected[pageOf(key)] += winner.digestPrefix();
                }
            });
            assertThat(sums).as("digest %s", when).isEqualTo(expected);
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
