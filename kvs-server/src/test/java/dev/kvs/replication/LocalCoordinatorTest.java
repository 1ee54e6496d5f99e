package dev.kvs.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.security.Rights;
import dev.kvs.storage.StoreFixture;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCoordinatorTest {
    private static final Expiry DEFAULT = new Expiry.Default();
    private static final Key KEY = Key.of("users/ada");

    @TempDir
    Path directory;

    private LoneEngine engine;
    private LocalCoordinator coordinator;
    private LocalReader reader;

    @BeforeEach
    void open() throws IOException {
        engine = LoneEngine.over(StoreFixture.in(directory));
        coordinator = engine.coordinator();
        reader = engine.reader();
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @Test
    void theFirstWriteCreatesAndTheSecondReplaces() {
        assertThat(put("1").created()).isTrue();
        assertThat(put("2").created()).isFalse();
        coordinator.delete(KEY, WriteOptions.NONE);
        assertThat(put("3").created()).isTrue();
    }

    @Test
    void ofManyWritersThatExpectAbsenceExactlyOneWins() throws Exception {
        AtomicInteger won = new AtomicInteger();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(writers.submit(() -> {
                    try {
                        coordinator.put(KEY, json("1"), DEFAULT, when(new Condition.Absent()));
                        won.incrementAndGet();
                    } catch (KvsException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(won).hasValue(1);
    }

    @Test
    void concurrentCountersLoseNoIncrement() throws Exception {
        put("0");
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(writers.submit(() -> {
                    for (int n = 0; n < 50; n++) {
                        increment();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(text(reader.get(KEY).orElseThrow())).isEqualTo("400");
    }

    private void increment() {
        while (true) {
            Version current = reader.get(KEY).orElseThrow();
            byte[] next = json("" + (Integer.parseInt(text(current)) + 1));
            try {
                coordinator.put(KEY, next, DEFAULT, when(new Condition.IsOneOf(Set.of(current.uuid()))));
                return;
            } catch (KvsException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
            }
        }
    }

    @Test
    void aRepeatedRequestWithItsKeyWritesOnceAndAnotherRequestIsRefused() {
        WriteOptions first =
                new WriteOptions(Rights.UNCHECKED, List.of(), 1, new WriteOptions.Idempotency("retry-1", "print-a"));
        UUID uuid = coordinator.put(KEY, json("1"), DEFAULT, first).version().uuid();
        assertThat(coordinator.put(KEY, json("1"), DEFAULT, first).version().uuid())
                .isEqualTo(uuid);
        assertThat(reader.history(KEY)).hasSize(1);

        WriteOptions other =
                new WriteOptions(Rights.UNCHECKED, List.of(), 1, new WriteOptions.Idempotency("retry-1", "print-b"));
        assertThatThrownBy(() -> coordinator.put(KEY, json("2"), DEFAULT, other))
                .isInstanceOfSatisfying(
                        KvsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH));
    }

    /** They would fill the memory: a hundred thousand answers are kept for ten minutes. */
    @Test
    void whatWasWrittenIsRememberedWithoutTheDocuments() {
        WriteOptions options =
                new WriteOptions(Rights.UNCHECKED, List.of(), 1, new WriteOptions.Idempotency("retry-3", "print"));
        List<Coordinator.Operation> puts = List.of(new Coordinator.Operation.Put(KEY, json("1"), DEFAULT, List.of()));
        coordinator.batch(puts, options);
        assertThat(coordinator.batch(puts, options))
                .singleElement()
                .satisfies(again -> assertThat(again.version().body()).isNull());
    }

    @Test
    void aRefusedRequestMayBeTriedAgainWithTheSameKey() {
        WriteOptions options = new WriteOptions(
                Rights.UNCHECKED, List.of(new Condition.Exists()), 1, new WriteOptions.Idempotency("retry-2", "print"));
        assertThatThrownBy(() -> coordinator.put(KEY, json("1"), DEFAULT, options))
                .isInstanceOf(KvsException.class);
        put("0");
        assertThat(coordinator.put(KEY, json("1"), DEFAULT, options).created()).isFalse();
    }

    @Test
    void aBatchIsAllOrNothing() {
        put("1");
        Key other = Key.of("other");
        assertThatThrownBy(() -> coordinator.batch(
                        List.of(
                                new Coordinator.Operation.Put(other, json("2"), DEFAULT, List.of()),
                                new Coordinator.Operation.Delete(KEY, List.of(new Condition.Absent()))),
                        WriteOptions.NONE))
                .isInstanceOf(KvsException.class);
        assertThat(reader.get(other)).isEmpty();

        List<Coordinator.Written> written = coordinator.batch(
                List.of(
                        new Coordinator.Operation.Put(other, json("2"), DEFAULT, List.of()),
                        new Coordinator.Operation.Delete(KEY, List.of(new Condition.Exists()))),
                WriteOptions.NONE);
        assertThat(written).extracting(Coordinator.Written::created).containsExactly(true, false);
        assertThat(reader.get(KEY)).isEmpty();
    }

    @Test
    void anOldRevisionIsRestoredAsANewVersion() {
        UUID first = put("1").version().uuid();
        put("2");
        Version restored = coordinator.restore(KEY, first, WriteOptions.NONE).version();
        assertThat(text(restored)).isEqualTo("1");
        assertThat(restored.uuid()).isNotEqualTo(first);
        assertThatThrownBy(() -> coordinator.restore(KEY, new UUID(1, 1), WriteOptions.NONE))
                .isInstanceOfSatisfying(
                        KvsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REVISION_NOT_FOUND));
    }

    @Test
    void aPatchKeepsTheExpiryAndAPutTakesItsOwn() {
        coordinator.put(KEY, json("{\"a\":1}"), new Expiry.After(60_000), WriteOptions.NONE);
        long expiresAt = reader.get(KEY).orElseThrow().expiresAt();
        coordinator.patch(KEY, Coordinator.PatchFormat.MERGE_PATCH, json("{\"b\":2}"), WriteOptions.NONE);
        assertThat(reader.get(KEY).orElseThrow().expiresAt()).isEqualTo(expiresAt);
        assertThat(text(reader.get(KEY).orElseThrow())).isEqualTo("{\"a\":1,\"b\":2}");
        put("1");
        assertThat(reader.get(KEY).orElseThrow().expiresAt()).isEqualTo(Version.NEVER);
    }

    @Test
    void moreCopiesThanMembersAreRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> coordinator.put(
                        KEY, json("1"), DEFAULT, new WriteOptions(Rights.UNCHECKED, List.of(), 2, null)))
                .isInstanceOfSatisfying(
                        KvsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUORUM_UNAVAILABLE));
        assertThat(reader.history(KEY)).isEmpty();
    }

    private Coordinator.Written put(String json) {
        return coordinator.put(KEY, json(json), DEFAULT, WriteOptions.NONE);
    }

    private static WriteOptions when(Condition condition) {
        return new WriteOptions(Rights.UNCHECKED, List.of(condition), 1, null);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Version version) {
        return new String(version.body(), StandardCharsets.UTF_8);
    }
}
