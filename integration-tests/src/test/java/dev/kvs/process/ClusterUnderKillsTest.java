package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes are written to without a pause while each of them in turn is killed with SIGKILL and started again. Every
 * writer has keys of its own and raises a number under them, so the last number acknowledged may not be lost.
 */
class ClusterUnderKillsTest {
    private static final int WRITERS_PER_NODE = 2;
    private static final int KEYS_PER_WRITER = 50;

    /** Each node is killed in the middle of so many acknowledged writes, and has missed so many when it starts again. */
    private static final int WRITES_BETWEEN = 600;

    @TempDir
    Path folder;

    /** What a writer knows of a key: the last number acknowledged and the last one sent. */
    private record Progress(long acknowledged, long sent) {}

    private final Map<String, Progress> progress = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void killingEachNodeUnderLoadLosesNothingThatWasAcknowledgedAndAllAreEqualAfterwards() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 3);
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            cluster.start();
            List<Future<?>> running = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                for (int i = 0; i < WRITERS_PER_NODE; i++) {
                    String writer = number + "-" + i;
                    KvsClient client = cluster.client(number);
                    running.add(writers.submit(() -> write(client, writer)));
                }
            }
            for (int number = 1; number <= 3; number++) {
                awaitWrites();
                cluster.node(number).kill();
                awaitWrites();
                cluster.node(number).start();
            }
            awaitWrites();
            enough.set(true);
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
            cluster.awaitMembers(3);
            verify(cluster);
        }
    }

    private void awaitWrites() {
        int target = acknowledged.get() + WRITES_BETWEEN;
        ClusterOfProcesses.within(target + " writes").until(() -> acknowledged.get() >= target);
    }

    /** Goes on when its node is killed: the key's next number is then the first that the node takes again. */
    private void write(KvsClient client, String writer) {
        for (int i = 0; !enough.get(); i++) {
            String key = "kill/" + writer + "/" + i % KEYS_PER_WRITER;
            Progress before = progress.getOrDefault(key, new Progress(0, 0));
            long next = before.sent() + 1;
            progress.put(key, new Progress(before.acknowledged(), next));
            try {
                client.put(key, "" + next);
                progress.put(key, new Progress(next, next));
                acknowledged.incrementAndGet();
            } catch (KvsClientException killed) {
                ClusterOfProcesses.within("the node of writer " + writer + " answers again")
                        .until(() -> enough.get() || client.health().isUp());
            }
        }
    }

    private void verify(ClusterOfProcesses cluster) {
        assertThat(progress).hasSize(3 * WRITERS_PER_NODE * KEYS_PER_WRITER);
        List<String> keys = List.copyOf(progress.keySet());
        List<String> values = cluster.awaitEqual(keys);
        for (int i = 0; i < keys.size(); i++) {
            Progress known = progress.get(keys.get(i));
            assertThat(Long.parseLong(values.get(i)))
                    .as("%s on all nodes", keys.get(i))
                    .isBetween(known.acknowledged(), known.sent());
        }
        cluster.awaitEqualTrees();
    }
}
