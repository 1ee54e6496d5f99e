package dev.kvs.replication.gossip;

import dev.kvs.merkle.MerkleComparison;
import dev.kvs.merkle.MerkleRequest;
import dev.kvs.merkle.MerkleResponder;
import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.NodeId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.StorageMetrics;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.StoreSettings;
import dev.kvs.storage.Trail;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.ReadLimit;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What comparing two real stores costs, on disk and as large as one likes; the body of {@code integration-tests/bench/merkle}.
 * Each holds what the other has but for a hundred keys. Both sides run here, one after the other, so the time is that of both
 * nodes; a network would add six exchanges to it.
 */
public final class MerkleRounds {
    private static final int DIFFERENCES = 100;
    private static final int ROUNDS = 5;
    private static final int BATCH = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final Randomness RANDOMNESS = new SystemRandomness();

    private MerkleRounds() {}

    /** Arguments: an empty folder, then numbers of keys. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            int keys = Integer.parseInt(arguments[i]);
            try (Node here = Node.in(folder.resolve(keys + "-here"));
                    Node there = Node.in(folder.resolve(keys + "-there"))) {
                fill(here, there, keys);
                report(keys, "equal", here, there);
                IntStream.range(0, DIFFERENCES / 2).forEach(number -> {
                    here.write(List.of(key(number * (keys / DIFFERENCES))));
                    there.write(List.of(Key.of("new/" + number)));
                });
                report(keys, DIFFERENCES + " differences", here, there);
                here.store.checkpoint();
                there.store.checkpoint();
                report(keys, DIFFERENCES + " differences, all in the tables", here, there);
            }
        }
    }

    private static void fill(Node here, Node there, int keys) {
        for (int from = 0; from < keys; from += BATCH) {
            here.write(IntStream.range(from, from + BATCH)
                    .mapToObj(MerkleRounds::key)
                    .toList());
            there.take(here, from);
        }
        here.store.checkpoint();
        there.store.checkpoint();
    }

    private static void report(int keys, String what, Node here, Node there) {
        long[] micros = new long[ROUNDS];
        Account account = new Account();
        for (int i = 0; i < ROUNDS; i++) {
            account = new Account();
            long began = System.nanoTime();
            account.run(here, there);
            micros[i] = (System.nanoTime() - began) / NANOS_PER_MICRO;
        }
        long first = micros[0];
        Arrays.sort(micros);
        System.out.printf(
                "%,9d keys, %s: found %d in %d exchanges, %,d bytes of bodies, median %.1f ms (first %.1f)%n",
                keys, what, account.found, account.exchanges, account.bytes, micros[ROUNDS / 2] / 1e3, first / 1e3);
    }

    private static Key key(int number) {
        return Key.of("documents/" + number);
    }

    /** What one comparison came to. */
    private static final class Account {
        private int exchanges;
        private long bytes;
        private int found;

        private void run(Node here, Node there) {
            long epoch = here.store.epoch();
            MerkleComparison comparison = new MerkleComparison(
                    here.tree.tree(Keyspace.DOCUMENTS),
                    WinnerTree.entriesOf(here.store.feed(), Keyspace.DOCUMENTS),
                    epoch,
                    0);
            MerkleResponder responder = new MerkleResponder(
                    there.tree.tree(Keyspace.DOCUMENTS), WinnerTree.entriesOf(there.store.feed(), Keyspace.DOCUMENTS));
            MerkleComparison.Step step = new MerkleComparison.Ask(comparison.first());
            while (step instanceof MerkleComparison.Ask ask) {
                byte[] answer = responder.answer(MerkleRequest.decode(ask.request()), epoch);
                exchanges++;
                bytes += ask.request().length + answer.length;
                step = comparison.receive(answer);
            }
            if (step instanceof MerkleComparison.Found differences) {
                found = differences.differences().onlyHere().size()
                        + differences.differences().onlyThere().size()
                        + differences.differences().rivals().size();
            }
        }
    }

    /** A store and the trees that follow it. */
    private record Node(Store store, WinnerTree tree) implements AutoCloseable {
        /** A store with the limits of a node as it is shipped, but for the wait for room. */
        private static Node in(Path folder) throws IOException {
            TableSettings tables =
                    new TableSettings(16_384, 2, 10, Duration.ofDays(1).toMillis(), new BodyCompression(true, 512, 3));
            StoreSettings settings = new StoreSettings(
                    64 << 20,
                    64 << 20,
                    96 << 20,
                    60_000,
                    60_000,
                    Duration.ofHours(1).toMillis(),
                    tables);
            WinnerTree tree = new WinnerTree();
            return new Node(
                    StoreOpening.open(
                            new FileDisk(folder),
                            settings,
                            new NodeId("n"),
                            new SystemTime(),
                            RANDOMNESS,
                            StorageMetrics.NONE,
                            tree,
                            Trail.NONE),
                    tree);
        }

        private void write(List<Key> keys) {
            store.awaitRoom();
            store.write(keys.stream().map(key -> proposal(key)).toList(), List.of())
                    .await();
        }

        private Proposal proposal(Key key) {
            Version known = store.newest(key);
            byte[] json = ("{\"note\":\"" + "x".repeat(100) + "\"}").getBytes(StandardCharsets.UTF_8);
            return Proposal.live(
                            key,
                            Uuids.version7(1, RANDOMNESS.nextLong(), RANDOMNESS.nextLong()),
                            known == null ? VersionVector.EMPTY : known.vector(),
                            Version.NEVER,
                            Acl.UNOWNED,
                            json)
                    .replacing(known);
        }

        /** Takes a batch that another node has written as its {@code after}th version and those behind it. */
        private void take(Node other, int after) {
            store.awaitRoom();
            List<Version> versions = other.store
                    .feed()
                    .versionsOf(other.store.id(), after, after + BATCH, new ReadLimit(BATCH, Long.MAX_VALUE))
                    .items();
            store.receive(new Arrivals(
                            versions.stream()
                                    .map(version -> new Arrivals.Arrival(version, null))
                                    .toList(),
                            VersionVector.EMPTY.with(versions.getLast().dot()),
                            List.of(),
                            List.of()))
                    .await();
        }

        @Override
        public void close() throws IOException {
            store.close();
        }
    }
}
