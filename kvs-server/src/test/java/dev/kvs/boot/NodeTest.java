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
import java.net.http.HttpResponse;
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
        Node node = Node.start(
                config,
                (_, _, _, _) -> engine(() -> {
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
            assertThatThrownBy(() -> Node.start(config, (_, _, _, _) -> engine(() -> events.add("store closed"))))
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
        assertThatThrownBy(() -> start("bind_address: 192.0.2.1\nport: 0\n"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void aDamagedStoreGivesTheLockBack() {
        StartException damage = new StartException(ExitCode.DAMAGED_STORE, "segment 3 is damaged");
        assertThatThrownBy(() -> Node.start(config("port: 0\n"), (_, _, _, _) -> {
                    throw damage;
                }))
                .isSameAs(damage);
        assertThat(directory.resolve("data").resolve(DataDirLock.FILE_NAME)).exists();
        assertThatThrownBy(() -> Node.start(config("port: 0\n"), (_, _, _, _) -> {
                    throw damage;
                }))
                .isSameAs(damage);
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

    private static Engine engine(AutoCloseable store) {
        WithoutStorage nothing = new WithoutStorage();
        return new Engine(nothing, nothing, List.of(), store);
    }

    private Node start(String yaml) throws Exception {
        return Node.start(config(yaml), (_, _, _, _) -> engine(() -> {}));
    }

    private LoadedConfig config(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), yaml);
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
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(node.address() + path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new ObjectMapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                            .body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
