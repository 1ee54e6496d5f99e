package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.ImportMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kvsctl watch} while several writers make 100,000 changes and its node is killed, and later stopped, and started again.
 * The changes of a key are numbered, so that one that is missing, comes twice or comes early is seen at once.
 */
class WatchAcrossRestartsTest {
    private static final int WRITERS = 4;
    private static final int KEYS_PER_WRITER = 250;
    private static final int ROUNDS = 100;
    private static final int CHANGES = WRITERS * KEYS_PER_WRITER * ROUNDS;

    /** Keys that are changed at once: all or none of them, so that one tells of the others. */
    private static final int GROUP = 50;

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final AtomicLong marks = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final Map<String, Integer> lastOf = new HashMap<>();

    @Test
    void everyChangeComesOnceAndThoseOfAKeyInOrder() throws Exception {
        Path complaints = folder.resolve("complaints");
        // All versions of a key are kept, so that a watch that is far behind has nothing to be told about.
        try (NodeProcess node = new NodeProcess(folder, "revision_history_max: " + ROUNDS);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            node.start();
            // The first command of a build says that it prepares the start-up cache.
            new KvsctlProcess(folder).ok("help");
            Process watch = new KvsctlProcess(folder)
                    .env("KVSCTL_SERVER", node.url())
                    .env("KVSCTL_TIMEOUT", "5m")
                    .start(complaints, "watch -o ndjson");
            try {
                Future<?> reader = threads.submit(() -> read(watch));
                mark(node, reader);
                List<Future<?>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writers.add(threads.submit(() -> write(node, writer)));
                }
                awaitSeen(CHANGES / 3, reader, complaints);
                node.kill();
                node.start();
                awaitSeen(CHANGES / 3 * 2, reader, complaints);
                node.stop();
                node.start();
                for (Future<?> writer : writers) {
                    writer.get(LONG.toSeconds(), TimeUnit.SECONDS);
                }
                awaitSeen(CHANGES, reader, complaints);
                // Whatever comes twice has come before this.
                mark(node, reader);
                assertThat(reader.isDone()).isFalse();
            } finally {
                watch.destroyForcibly().waitFor();
                threads.shutdownNow();
            }
        }
        assertThat(Files.readString(complaints)).isEmpty();
        assertThat(seen).hasValue(CHANGES);
        assertThat(lastOf)
                .hasSize(WRITERS * KEYS_PER_WRITER)
                .allSatisfy((_, last) -> assertThat(last).isEqualTo(ROUNDS));
    }

    /** Writes to a key that does not count until the watch has shown one more of that. */
    private void mark(NodeProcess node, Future<?> reader) {
        long before = marks.get();
        try (KvsClient client = node.client()) {
            await().atMost(LONG).pollInterval(OFTEN).until(() -> {
                client.put("mark", "1");
                return marks.get() > before || reader.isDone();
            });
        }
    }

    private void awaitSeen(long count, Future<?> reader, Path complaints) throws Exception {
        await().atMost(LONG).pollInterval(OFTEN).until(() -> seen.get() >= count || reader.isDone());
        if (reader.isDone()) {
            // Throws what is wrong with the changes.
            reader.get();
            throw new AssertionError("the watch has ended: " + Files.readString(complaints));
        }
    }

    private Void read(Process watch) throws IOException {
        try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode change = JSON.readTree(line);
                assertThat(change.path("event").textValue()).as(line).isIn("put", "delete");
                String key = change.get("key").textValue();
                if (key.equals("mark")) {
                    marks.incrementAndGet();
                    continue;
                }
                int round = lastOf.merge(key, 1, Integer::sum);
                assertThat(change.path("data").path("n").asInt())
                        .as("change %d of its key: %s", round, line)
                        .isEqualTo(isDelete(key, round) ? 0 : round);
                seen.incrementAndGet();
            }
        }
        return null;
    }

    /** An import deletes nothing; the others do so now and then. */
    private static boolean isDelete(String key, int round) {
        return !key.startsWith("0/") && round % 7 == 0;
    }

    private static Void write(NodeProcess node, int writer) {
        try (KvsClient client = node.client()) {
            for (int round = 1; round <= ROUNDS; round++) {
                for (int first = 0; first < KEYS_PER_WRITER; first += GROUP) {
                    List<String> keys = IntStream.range(first, first + GROUP)
                            .mapToObj(i -> writer + "/" + i)
                            .toList();
                    change(node, client, keys, round);
                }
            }
        }
        return null;
    }

    /** Changes all the keys once, whatever becomes of the node meanwhile. */
    private static void change(NodeProcess node, KvsClient client, List<String> keys, int round) {
        for (boolean inDoubt = false; ; inDoubt = true) {
            try {
                if (!inDoubt || !isDone(client, keys.getFirst(), round)) {
                    send(client, keys, round);
                }
                return;
            } catch (KvsClientException gone) {
                await().atMost(LONG).pollInterval(OFTEN).until(node::isReady);
            }
        }
    }

    private static void send(KvsClient client, List<String> keys, int round) {
        if (keys.getFirst().startsWith("0/")) {
            String lines = String.join(
                    "\n",
                    keys.stream()
                            .map(key -> "{\"" + key + "\":" + json(round) + "}")
                            .toList());
            var _ = client.load(lines.getBytes(StandardCharsets.UTF_8), ImportMode.OVERWRITE);
        } else {
            var _ = client.batch(
                    keys.stream()
                            .map(key -> isDelete(key, round)
                                    ? BatchOperation.delete(key)
                                    : BatchOperation.put(key, json(round)))
                            .toList(),
                    WriteOptions.NONE);
        }
    }

    private static String json(int round) {
        return "{\"n\":" + round + "}";
    }

    private static boolean isDone(KvsClient client, String key, int round) {
        String now = client.getRaw(key)
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .orElse("");
        return now.equals(isDelete(key, round) ? "" : json(round));
    }
}
