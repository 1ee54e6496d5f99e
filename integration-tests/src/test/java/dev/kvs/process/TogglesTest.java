package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with everything switched off that can be: what is off does nothing, and has no routes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TogglesTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Path folder;
    private NodeProcess node;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        node = new NodeProcess(
                folder,
                "auth_enabled: false",
                "rate_limiting_enabled: false",
                "tamper_logging_enabled: false",
                "clustering_enabled: false",
                "revision_history_enabled: false",
                "compression_enabled: false",
                "conflict_seeding_enabled: true");
        node.start();
    }

    @AfterAll
    void stop() {
        node.close();
        http.close();
    }

    private HttpResponse<String> send(String method, String target, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(node.url() + target))
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /auth/whoami",
                "POST /auth/login",
                "GET /auth/users",
                "GET /auth/tokens",
                "GET /auth/policies",
                "GET /audit",
                "POST /audit/_verify",
                "POST /members/join",
                "POST /members/leave",
                "POST /sync/now",
                "POST /conflicts/_seed",
                "POST /internal/session",
                "POST /internal/gossip"
            })
    void whatIsOffHasNoRoutes(String route) throws Exception {
        String[] words = route.split(" ");
        HttpResponse<String> answer = send(words[0], words[1], words[0].equals("POST") ? "{}" : "");
        // Where the path of another route fits too, the method is what is not there.
        assertThat(answer.statusCode()).as(answer.body()).isIn(404, 405);
        assertThat(answer.body()).containsAnyOf("unknown_path", "method_not_allowed");
    }

    @Test
    void nobodyIsAskedForATokenCountedOrWrittenDown() throws Exception {
        HttpResponse<String> answer = send("PUT", "/kv/toggles/a", "1");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().map()).doesNotContainKeys("ratelimit-limit", "ratelimit-remaining");
        assertThat(folder.resolve("data/audit")).doesNotExist();
        assertThat(folder.resolve("data/root.token")).doesNotExist();
    }

    @Test
    void replacedVersionsAreNotKept() throws Exception {
        for (String value : List.of("1", "2", "3")) {
            send("PUT", "/kv/toggles/b", value);
        }
        assertThat(send("GET", "/kv/toggles/b/_history", "").body()).containsOnlyOnce("\"uuid\"");
    }
}
