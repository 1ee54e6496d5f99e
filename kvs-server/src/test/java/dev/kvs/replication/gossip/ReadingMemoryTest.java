package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kvs.merkle.KeyHash;
import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import dev.kvs.storage.table.ReadLimit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer asks for is read as far as it is sent, however large the documents are. Allocations are counted, not time. */
class ReadingMemoryTest {
    private static final int DOCUMENTS = 80;
    private static final int LENGTH = 1 << 20;

    /** All documents together have more; an answer has 2 MB and takes a few copies of that, and of what is read with it. */
    private static final long ALLOWED = DOCUMENTS * (long) LENGTH / 2;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Random random = new Random(11);

    @TempDir
    Path folder;

    private StoreFixture storage;
    private Store store;

    @BeforeEach
    void fill() throws IOException {
        storage = StoreFixture.in(folder);
        store = storage.store();
        for (int i = 0; i < DOCUMENTS; i++) {
            store.awaitRoom();
            store.write(List.of(document(key(i)), document(systemKey(i))), List.of())
                    .await();
        }
        store.checkpoint();
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private static Key key(int number) {
        return Key.of("k/" + number);
    }

    private static Key systemKey(int number) {
        return Key.ofSystem("users/" + number);
    }

    private Proposal document(Key key) {
        byte[] bytes = new byte[LENGTH * 3 / 8];
        random.nextBytes(bytes);
        byte[] json = ('"' + Base64.getEncoder().encodeToString(bytes) + '"').getBytes(StandardCharsets.US_ASCII);
        return Proposal.live(
                key,
                Uuids.version7(1, random.nextLong(), random.nextLong()),
                VersionVector.EMPTY,
                Version.NEVER,
                Acl.UNOWNED,
                json);
    }

    private void allocates(String what, Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated for %s", what)
                .isLessThan(ALLOWED);
    }

    @Test
    void aBatchOfAPushIsReadNoFurtherThanItIsSent() {
        ReadLimit message = new ReadLimit(1_000, 512 << 10);
        allocates("a push", () -> store.feed().versionsOf(store.id(), 0, 2 * DOCUMENTS, message));
    }

    @Test
    void aPageOfABootstrapIsReadNoFurtherThanItIsSent() {
        FetchPages pages = new FetchPages(store);
        allocates("a page of winners", () -> pages.read(FetchMessage.Part.NEWEST, new byte[0]));
        allocates("a page of the system", () -> pages.read(FetchMessage.Part.SYSTEM, new byte[0]));
    }

    @Test
    void keysAskedForByTheirHashesAreReadNoFurtherThanTheyAreSent() {
        List<KeyHash> hashes = IntStream.range(0, DOCUMENTS)
                .mapToObj(i -> KeyHash.of(key(i).utf8()))
                .toList();
        allocates(
                "keys by their hashes",
                () -> assertThat(FetchService.winners(store, hashes)).hasSizeBetween(1, 4));
    }
}
