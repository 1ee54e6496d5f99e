package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.table.PlacedVersion;
import dev.kvs.storage.table.ReadLimit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers take no lock, and checkpoints write over what is free in the file: what is being read must not count as free. */
@Timeout(300)
class ReadingWhileWritingTest {
    private static final int KEYS = 3_000;
    private static final int ROUNDS = 20;
    private static final int BATCH = 250;
    private static final ReadLimit ALL = new ReadLimit(2 * KEYS, Long.MAX_VALUE);

    @TempDir
    private Path directory;

    private final AtomicBoolean done = new AtomicBoolean();
    private StoreFixture fixture;
    private Store store;

    @BeforeEach
    void open() throws Exception {
        fixture = StoreFixture.in(directory);
        store = fixture.store();
        for (int i = 0; i < KEYS; i += BATCH) {
            write(i, new SplittableRandom(i));
        }
        store.checkpoint();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void everyKeyIsFoundByEveryWayWhileItsVersionsAreReplacedAndTheFileIsCompacted() throws Exception {
        long seed = System.nanoTime();
        try (ExecutorService readers = Executors.newThreadPerTaskExecutor(Thread::new)) {
            List<Future<Integer>> all = new ArrayList<>();
            all.add(readers.submit(whileWriting(this::readKeys)));
            all.add(readers.submit(whileWriting(this::scan)));
            all.add(readers.submit(whileWriting(this::readAsBootstrapDoes)));
            try {
                overwrite(new SplittableRandom(seed));
            } finally {
                done.set(true);
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).as("rounds of a reader, seed %d", seed).isPositive();
            }
        }
        assertThat(store.failure().reason()).as("seed %d", seed).isNull();
    }

    private void overwrite(SplittableRandom random) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 4; i++) {
                write(random.nextInt(KEYS - BATCH), random);
            }
            store.checkpoint();
            if (round % 10 == 9) {
                store.compact(100);
            }
        }
    }

    private void write(int first, SplittableRandom random) {
        List<Proposal> proposals = new ArrayList<>();
        for (int i = first; i < first + BATCH; i++) {
            Version winner = store.newest(key(i));
            proposals.add(Proposal.live(
                            key(i),
                            Uuids.version7(1, random.nextLong(), random.nextLong()),
                            winner == null ? VersionVector.EMPTY : winner.vector(),
                            Version.NEVER,
                            Acl.UNOWNED,
                            ("" + random.nextLong()).repeat(10).getBytes(StandardCharsets.UTF_8))
                    .replacing(winner));
        }
        store.awaitRoom();
        store.write(proposals, List.of()).await();
    }

    private Callable<Integer> whileWriting(Runnable read) {
        return () -> {
            int rounds = 0;
            do {
                read.run();
                rounds++;
            } while (!done.get());
            return rounds;
        };
    }

    private void readKeys() {
        for (int i = 0; i < KEYS; i++) {
            assertThat(store.winner(key(i))).as("key %d", i).isNotNull();
        }
    }

    private void scan() {
        int found = 0;
        for (Scan all = store.scan(Keyspace.DOCUMENTS, null, null, false); all.hasNext(); found++) {
            assertThat(all.next().key()).isEqualTo(key(found));
        }
        assertThat(found).isEqualTo(KEYS);
    }

    private void readAsBootstrapDoes() {
        List<PlacedVersion> newest =
                store.feed().newestBehind(Long.MAX_VALUE, Long.MAX_VALUE, ALL).items();
        assertThat(newest).isNotEmpty();
        assertThat(newest)
                .isSortedAccordingTo(
                        (a, b) -> Long.compare(b.version().hlc(), a.version().hlc()));
    }

    private static Key key(int number) {
        return Key.of("key/%06d".formatted(number));
    }
}
