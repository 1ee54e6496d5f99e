package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.storage.table.ReadLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Frames of the log are written from memory and have an end, however much is written at once. */
@ExtendWith(SilentStorage.class)
class FrameSizeTest {
    private static final StoreId NEXT = new StoreId(new UUID(0x7000, 1));

    /** One array for all documents, so that the test has room for many. */
    private static final byte[] JSON = json(4 << 20);

    private static final int A_GROUP = (int) (Group.BYTES_MAX / JSON.length);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() throws IOException {
        store = StoreOpening.openUnthreaded(
                new FileDisk(folder),
                StoreFixture.settings(1 << 30, 5_000),
                new NodeId("node-1"),
                new SystemTime(),
                new SystemRandomness(),
                WinnerDigest.NONE);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static byte[] json(int length) {
        byte[] json = new byte[length];
        Arrays.fill(json, (byte) 'x');
        json[0] = '"';
        json[length - 1] = '"';
        return json;
    }

    private static Key key(int number) {
        return Key.of("k/" + number);
    }

    private Commit write(int number) {
        UUID uuid = Uuids.version7(number, number, number);
        return store.write(
                List.of(Proposal.live(key(number), uuid, VersionVector.EMPTY, Version.NEVER, Acl.UNOWNED, JSON)),
                List.of());
    }

    @Test
    void whatGathersWhileAFrameIsWrittenGoesIntoSeveralWhenItIsMuch() {
        AtomicInteger frames = new AtomicInteger();
        store.feed().onSynced(frames::incrementAndGet);
        Commit last = write(0);
        for (int i = 1; i < 2 * A_GROUP + 1; i++) {
            last = write(i);
        }
        last.await();
        assertThat(frames).hasValue(3);
        for (int i = 0; i < 2 * A_GROUP + 1; i++) {
            assertThat(store.winner(key(i))).isNotNull();
        }
    }

    @Test
    void aStoreThatGetsAnotherNameWritesOnlySoMuchAgain() {
        int fitting = A_GROUP - 1; // A version takes a little more than its document.
        int all = fitting + 3;
        StoreId before = store.id();
        for (int i = 0; i < all; i++) {
            write(i).await();
        }
        store.rename(before, NEXT);
        List<Version> copies =
                store.feed().versionsOf(NEXT, 0, Long.MAX_VALUE, ReadLimit.NONE).items();
        assertThat(copies).extracting(Version::sequence).containsExactlyElementsOf(sequences(fitting));
        for (int i = 0; i < all; i++) {
            Version winner = Check.present(store.winner(key(i)), "written");
            assertThat(winner.origin().store()).as("document %d", i).isEqualTo(i < all - fitting ? before : NEXT);
        }
        assertThat(store.feed().knowledge().sequenceOf(before)).isZero();
    }

    private static List<Long> sequences(long through) {
        return java.util.stream.LongStream.rangeClosed(1, through).boxed().toList();
    }
}
