package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is taken away while an answer or a request is on its way is gone for the rest of it. */
@Timeout(120)
class RevocationTest {
    /** A position that no event has had: of no store anything was shown. */
    private static final String BEFORE_EVERYTHING = "?since=1AAAAAAAAAAA";

    private Door door;
    private String admin;
    private String tokenId;
    private String token;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}));
        admin = Keepers.rootToken();
        door.token = admin;
        door.send("POST", "/auth/users", "{\"name\":\"ada\",\"scopes\":[\"read\",\"write\"]}");
        door.send("POST", "/auth/groups", "{\"name\":\"staff\",\"members\":[\"ada\"]}");
        JsonNode issued =
                door.send("POST", "/auth/tokens", "{\"user\":\"ada\"}").json();
        tokenId = issued.get("id").asText();
        token = issued.get("token").asText();
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** Stores a value of root's that the group may read or may not. */
    private void put(String key, int value, String mode) {
        assertThat(door.put("/kv/" + key, Integer.toString(value)).status()).isLessThan(300);
        assertThat(door.put("/kv/" + key + "/_metadata", "{\"group\":\"staff\",\"mode\":\"" + mode + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private EventReader watch() throws IOException {
        return EventReader.open(door, "", "Authorization", "Bearer " + token).begun();
    }

    @Test
    void aWatchEndsWithItsToken() throws IOException {
        put("a", 0, "cdwr---r----");
        try (EventReader watch = watch()) {
            door.put("/kv/a", "1");
            assertThat(watch.next().data().get("data").asInt()).isEqualTo(1);
            assertThat(door.send("DELETE", "/auth/tokens/" + tokenId, "").status())
                    .isEqualTo(204);
            door.put("/kv/a", "2");
            assertThat(watch.next()).isNull();
        }
        door.token = token;
        assertThat(door.get("/kv/_watch").outcome()).isEqualTo("401 unauthorized");
    }

    @Test
    void aWatchEndsWithItsUsersScope() throws IOException {
        put("a", 0, "cdwr---r----");
        try (EventReader watch = watch()) {
            door.send("PATCH", "/auth/users/ada", "{\"scopes\":[\"write\"]}");
            door.put("/kv/a", "1");
            assertThat(watch.next()).isNull();
        }
    }

    @Test
    void aWatchDoesNotTellWhatMayNotBeReadAnyMore() throws IOException {
        put("a", 0, "cdwr---r----");
        put("b", 0, "cdwr---r----");
        try (EventReader watch = watch()) {
            door.put("/kv/a/_metadata", "{\"mode\":\"cdwr--------\"}");
            door.put("/kv/a", "1");
            door.put("/kv/b", "2");
            EventReader.Event event = watch.next();
            assertThat(event.key() + event.data().get("data")).isEqualTo("b2");
        }
        try (EventReader watch = watch()) {
            door.send("PATCH", "/auth/groups/staff", "{\"members\":[]}");
            door.put("/kv/b", "3");
            door.token = token;
            door.put("/kv/own", "4");
            assertThat(watch.next().key()).isEqualTo("own");
        }
    }

    @Test
    void aWatchFromAnOldPositionDoesNotTellWhatMayNotBeReadAnyMore() throws IOException {
        put("a", 1, "cdwr---r----");
        put("b", 2, "cdwr---r----");
        door.put("/kv/a/_metadata", "{\"mode\":\"cdwr--------\"}");
        try (EventReader watch = EventReader.open(door, BEFORE_EVERYTHING, "Authorization", "Bearer " + token)) {
            EventReader.Event event = watch.next();
            assertThat(event.key() + event.data().get("data")).isEqualTo("b2");
        }
        try (EventReader watch = EventReader.open(door, BEFORE_EVERYTHING, "Authorization", "Bearer " + admin)) {
            assertThat(watch.next().key()).isEqualTo("a");
        }
    }

    @Test
    void anImportStoresNothingMoreOnceItsTokenIsRevoked() throws IOException {
        PipedInputStream body = new PipedInputStream(1 << 16);
        PipedOutputStream lines = new PipedOutputStream(body);
        CompletableFuture<HttpResponse<String>> answer = door.client.sendAsync(
                HttpRequest.newBuilder(door.uri("/kv/_import"))
                        .header("Content-Type", "application/x-ndjson")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        try (lines) {
            write(lines, 0, 20_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> door.writes() > 10_000);
            door.send("DELETE", "/auth/tokens/" + tokenId, "");
            write(lines, 20_000, 40_000);
        } catch (IOException refused) {
            // The client reads no further once it has the refusal.
            assertThat(refused).hasMessageContaining("closed");
        }
        HttpResponse<String> refusal = answer.join();
        assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(401);
        assertThat(refusal.body()).contains("unauthorized").contains("\"created\":");
        assertThat(door.get("/kv/d0/_metadata").status()).isEqualTo(200);
        assertThat(door.get("/kv/d39999/_metadata").status()).isEqualTo(404);
    }

    private static void write(OutputStream lines, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            lines.write(("{\"d" + i + "\":" + i + "}\n").getBytes(StandardCharsets.UTF_8));
        }
        lines.flush();
    }
}
