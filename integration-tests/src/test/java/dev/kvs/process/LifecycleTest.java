package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
    @TempDir
    Path folder;

    @Test
    void whatWasStoredIsFoundAfterAnOrderlyStop() throws Exception {
        try (NodeProcess node = new NodeProcess(folder)) {
            node.start();
            try (KvsClient client = node.client()) {
                client.put("users/ada", "{\"n\":9223372036854775807,\"f\":1.50}");
                client.put("users/bob", "2", WriteOptions.NONE.withTtl(Duration.ofHours(1)));
                client.delete("users/carl");
            }
            assertThat(node.stop()).isZero();
            node.start();
            try (KvsClient client = node.client()) {
                assertThat(client.getRaw("users/ada").map(LifecycleTest::text))
                        .contains("{\"n\":9223372036854775807,\"f\":1.50}");
                assertThat(client.head("users/bob")).isPresent();
                assertThat(client.exists("users/carl")).isFalse();
                assertThat(client.children("users").map(child -> child.subkey()))
                        .containsExactly("ada", "bob");
            }
        }
    }

    @Test
    void aStopUnderLoadLosesNothingThatWasAcknowledged() throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        try (NodeProcess node = new NodeProcess(folder)) {
            node.start();
            try (KvsClient client = node.client();
                    ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(writers.submit(() -> writeUntilRefused(client, acknowledged)));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.get() > 500);
                assertThat(node.stop()).isZero();
                for (Future<?> one : all) {
                    one.get();
                }
            }
            node.start();
            try (KvsClient client = node.client()) {
                long found = client.children("load").count();
                assertThat(found).isGreaterThanOrEqualTo(acknowledged.get());
            }
        }
    }

    private static void writeUntilRefused(KvsClient client, AtomicInteger acknowledged) {
        try {
            while (true) {
                client.put("load/" + Thread.currentThread().threadId() + "-" + System.nanoTime(), "1");
                acknowledged.incrementAndGet();
            }
        } catch (KvsClientException stopped) {
            if (stopped instanceof KvsClientException.Refused refused) {
                assertThat(refused.code()).contains(ErrorCode.SHUTTING_DOWN);
            }
        }
    }

    @Test
    void aSecondNodeOnTheSameDataDirectoryIsRefused() throws Exception {
        try (NodeProcess first = new NodeProcess(folder)) {
            first.start();
            Path other = Files.createDirectory(folder.resolve("other"));
            try (NodeProcess second = new NodeProcess(other, "data_dir: " + first.data())) {
                assertThat(catchThrowable(second::start)).hasMessageContaining("is using the data directory");
                assertThat(second.running().waitFor()).isEqualTo(4);
            }
        }
    }

    @Test
    void aDamagedLogStopsTheStartWithAnExplanationAndIsLeftAsItWas() throws Exception {
        try (NodeProcess node = new NodeProcess(folder)) {
            node.start();
            try (KvsClient client = node.client()) {
                for (int i = 0; i < 50; i++) {
                    client.put("k/" + i, "1");
                }
            }
            node.kill();
            Path segment =
                    Files.list(node.data().resolve("log")).sorted().findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[200] ^= 1;
            Files.write(segment, bytes);

            assertThat(catchThrowable(node::start))
                    .hasMessageContaining("is damaged at byte")
                    .hasMessageNotContaining("\tat ");
            assertThat(node.running().waitFor()).isEqualTo(5);
            assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
        }
    }

    private static Path firstSegment(NodeProcess node) throws IOException {
        try (Stream<Path> segments = Files.list(node.data().resolve("log"))) {
            return segments.sorted().findFirst().orElseThrow();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
