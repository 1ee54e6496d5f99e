package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.boot.config.LoadedConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();

    @Test
    void aNodeSaysWhoItIs() throws Exception {
        try (Node node = start("port: 0\nnode_id: alpha\nread_only: true\n")) {
            JsonNode health = get(node, "/health");
            assertThat(health.path("status").asText()).isEqualTo("ok");
            assertThat(health.path("node_id").asText()).isEqualTo("alpha");
            assertThat(health.path("mode").asText()).isEqualTo("read-only");
            assertThat(health.path("member_count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void theConfigurationIsListedWithItsSources() throws Exception {
        try (Node node = start("port: 0\ncluster_secret: " + "ab".repeat(32) + "\nseed_nodes: [a:1]\n")) {
            JsonNode config = get(node, "/admin/config");
            assertThat(config.path("port").toString()).isEqualTo("{\"value\":0,\"source\":\"file\",\"active\":true}");
            assertThat(config.path("cluster_secret").path("value").asText()).isEqualTo("********");
            assertThat(config.path("seed_nodes").path("value").toString()).isEqualTo("[\"a:1\"]");
            assertThat(config.path("gossip_interval_min").path("value").asText())
                    .isEqualTo("1m");
        }
    }

    @Test
    void theStoreClosesAfterTheListenerAndBeforeTheLock() throws Exception {
        LoadedConfig config = config("port: 0\n");
        Node[] started = new Node[1];
        Node node = Node.start(config, engine(() -> {
            events.add(canConnect(started[0]) ? "listening" : "not listening");
            assertThatThrownBy(() -> DataDirLock.acquire(directory.resolve("data")))
                    .isInstanceOf(StartException.class);
            events.add("store closed");
        }));
        started[0] = node;
        assertThat(canConnect(node)).isTrue();
        node.close();
        node.close();
        assertThat(events).containsExactly("not listening", "store closed");
        DataDirLock.acquire(directory.resolve("data")).close();
    }

    @Test
    void aTakenPortIsExplainedAndEverythingIsClosedAgain() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LoadedConfig config = config("port: " + other.getLocalPort() + "\n");
            assertThatThrownBy(() -> Node.start(config, engine(() -> events.add("store closed"))))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("The node cannot listen on 127.0.0.1 port " + other.getLocalPort() + ": ")
                    .hasMessageContaining("in use")
                    .extracting(e -> ((StartException) e).exitCode())
                    .isEqualTo(ExitCode.ADDRESS);
        }
        assertThat(events).containsExactly("store closed");
        DataDirLock.acquire(directory.resolve("data")).close();
    }

    @Test
    void anAddressOfAnotherMachineIsExplained() {
        assertThatThrownBy(() -> start("bind_address: 192.0.2.1\nport: 0\nclustering_enabled: false\n"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void aDamagedStoreGivesTheLockBack() {
        StartException damage = new StartException(ExitCode.DAMAGED_STORE, "segment 3 is damaged");
        assertThatThrownBy(() -> Node.start(config("port: 0\n"), (_, _, _, _, _, _) -> {
                    throw damage;
                }))
                .isSameAs(damage);
        assertThat(directory.resolve("data").resolve(DataDirLock.FILE_NAME)).exists();
        assertThatThrownBy(() -> Node.start(config("port: 0\n"), (_, _, _, _, _, _) -> {
                    throw damage;
                }))
                .isSameAs(damage);
    }

    @Test
    void whatWasWrittenIsFoundAfterARestart() throws Exception {
        JsonNode written;
        try (Node node = start("port: 0\n")) {
            written = call(node, "PUT", "/kv/users/ada", "{\"n\":1}");
        }
        try (Node node = start("port: 0\n")) {
            JsonNode found = get(node, "/kv/users/ada");
            assertThat(found.path("data").toString()).isEqualTo("{\"n\":1}");
            assertThat(found.path("uuid")).isEqualTo(written.path("uuid"));
        }
    }

    @Test
    void limitsOfTheConfigurationReachTheDoor() throws Exception {
        try (Node node = start("port: 0\nmax_json_size: 1024\nresponse_format: raw\n")) {
            assertThat(call(node, "PUT", "/kv/a", "\"" + "x".repeat(1_022) + "\"")
                            .path("uuid")
                            .asText())
                    .isNotEmpty();
            assertThat(call(node, "PUT", "/kv/a", "\"" + "x".repeat(1_023) + "\"")
                            .path("code")
                            .asText())
                    .isEqualTo("body_too_large");
            assertThat(get(node, "/kv/a").asText()).hasSize(1_022);
        }
    }

    @Test
    void aDamagedDirectoryIsExplainedAndLeftAlone() throws Exception {
        start("port: 0\n").close();
        Path manifest = directory.resolve("data/MANIFEST");
        byte[] good = Files.readAllBytes(manifest);
        Files.write(manifest, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> start("port: 0\n"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("MANIFEST")
                .extracting(e -> ((StartException) e).exitCode())
                .isEqualTo(ExitCode.DAMAGED_STORE);
        assertThat(manifest).hasBinaryContent(new byte[] {1, 2, 3});
        Files.write(manifest, good);
        start("port: 0\n").close();
    }

    @Test
    void theStoreIsPartOfHealth() throws Exception {
        try (Node node = start("port: 0\n")) {
            assertThat(get(node, "/health/ready").path("checks").toString())
                    .isEqualTo("[{\"name\":\"storage\",\"status\":\"ok\"}]");
        }
    }

    @Test
    void aSecondNodeOnTheSameDirectoryIsRefused() throws Exception {
        try (Node node = start("port: 0\n")) {
            assertThat(node.address()).startsWith("http://127.0.0.1:");
            assertThatThrownBy(() -> start("port: 0\n"))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("is using the data directory");
        }
    }

    /** The real engine, with something that happens just before its store closes. */
    private static Engine.Opener engine(AutoCloseable beforeClosing) {
        return (config, meters, mode, tls, time, randomness) -> {
            Engine real = StoreEngine.open(config, meters, mode, tls, time, randomness);
            return new Engine(
                    real.coordinator(),
                    real.reader(),
                    real.disputes(),
                    real.system(),
                    real.checks(),
                    real.compaction(),
                    () -> {
                        beforeClosing.close();
                        real.store().close();
                    },
                    real.audit(),
                    real.cluster(),
                    real.view());
        };
    }

    private Node start(String yaml) throws Exception {
        return Node.start(config(yaml));
    }

    private LoadedConfig config(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), "auth_enabled: false\n" + yaml);
        return new ConfigLoader(Map.of(), new Properties(), "machine").load(file);
    }

    private static boolean canConnect(Node node) {
        try {
            get(node, "/health");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static JsonNode get(Node node, String path) throws IOException {
        return call(node, "GET", path, "");
    }

    private static JsonNode call(Node node, String method, String path, String body) throws IOException {
        return new ObjectMapper().readTree(text(node, method, path, body));
    }

    private static String text(Node node, String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.address() + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
