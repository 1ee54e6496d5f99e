package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node under load is killed with SIGKILL again and again. Each writer raises the number under keys of its own; after
 * every restart each key must hold the last number that was acknowledged, or the one that was under way.
 */
class KillNineTest {
    private static final int ROUNDS = Integer.getInteger("kvs.kill.rounds", 50);
    private static final int WRITERS = 16;
    private static final int KEYS_PER_WRITER = 40;
    private static final long SEED = 20_261_121;

    @TempDir
    Path folder;

    /** What a writer knows of a key: the last number acknowledged and the last one sent. */
    private record Progress(long acknowledged, long sent) {}

    private final Map<String, Progress> progress = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();

    @Test
    void everyAcknowledgedWriteIsFoundAgainAfterFiftyKills() throws Exception {
        Random random = new Random(SEED);
        // A memtable this small makes checkpoints come several times a second, so kills hit them too.
        try (NodeProcess node = new NodeProcess(
                folder, "memtable_max_bytes: 4194304", "batch_max_bytes: 1048576", "wal_segment_bytes: 1048576")) {
            for (int round = 0; round < ROUNDS; round++) {
                node.start();
                verify(node, round);
                writeUntilKilled(node, 20 + random.nextInt(2_000));
            }
            node.start();
            verify(node, ROUNDS);
            assertThat(acknowledged).as("acknowledged writes in all").hasValueGreaterThan(ROUNDS * 20L);
        }
    }

    /** Kills the node once so many writes were acknowledged: the moment differs each time, and no clock decides it. */
    private void writeUntilKilled(NodeProcess node, int killAfter) throws Exception {
        long target = acknowledged.get() + killAfter;
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
                KvsClient client = node.client()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                all.add(writers.submit(() -> write(client, writer)));
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() >= target);
            node.kill();
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private void write(KvsClient client, int writer) {
        try {
            for (int i = 0; ; i++) {
                String key = "kill/" + writer + "/" + i % KEYS_PER_WRITER;
                Progress before = progress.getOrDefault(key, new Progress(0, 0));
                long next = before.sent() + 1;
                progress.put(key, new Progress(before.acknowledged(), next));
                client.put(key, "{\"n\":" + next + ",\"fill\":\"" + "x".repeat(300) + "\"}");
                progress.put(key, new Progress(next, next));
                acknowledged.incrementAndGet();
            }
        } catch (KvsClientException killed) {
            assertThat(killed.outcomeUnknown() || !(killed instanceof KvsClientException.Refused))
                    .as("a node under load refuses nothing: %s", killed)
                    .isTrue();
        }
    }

    private void verify(NodeProcess node, int round) {
        try (KvsClient client = node.client()) {
            progress.forEach((key, known) -> {
                long found = client.getRaw(key).map(KillNineTest::number).orElse(0L);
                assertThat(found)
                        .as("seed %d, round %d, key %s", SEED, round, key)
                        .isBetween(known.acknowledged(), known.sent());
            });
        }
    }

    private static long number(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return Long.parseLong(text.substring("{\"n\":".length(), text.indexOf(',')));
    }
}
