package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bodies hold in memory together: here there is room for one of the largest. */
class BodyMemoryTest {
    private static final int LARGEST = 64 << 10;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(new DoorLimits().bodies(LARGEST, LARGEST).settings(), HttpClient.Version.HTTP_1_1);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static String string(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }

    /** Announces a body of the largest size and sends all of it but the end. */
    private RawConnection halfSent(String key) throws IOException {
        String body = string(LARGEST);
        RawConnection connection = door.raw();
        connection.send(
                "PUT /kv/" + key + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + LARGEST + "\r\n\r\n" + body.substring(0, LARGEST - 1));
        return connection;
    }

    private Answer ofUnknownLength(int bytes) {
        byte[] body = string(bytes).getBytes(StandardCharsets.US_ASCII);
        return door.send(HttpRequest.newBuilder(door.uri("/kv/unknown"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());
    }

    @Test
    void whatFindsNoRoomIsRefusedAndSmallBodiesNeedNone() throws IOException {
        try (RawConnection slow = halfSent("slow")) {
            await().until(() -> door.put("/kv/a", string(LARGEST)).outcome().equals("503 overloaded"));
            Answer refused = door.put("/kv/a", string(BodyBudget.FREE_BYTES + 1));
            assertThat(refused.outcome()).isEqualTo("503 overloaded");
            assertThat(refused.header("Retry-After")).isNotBlank();
            assertThat(ofUnknownLength(BodyBudget.FREE_BYTES + 1).outcome()).isEqualTo("503 overloaded");
            assertThat(ofUnknownLength(BodyBudget.FREE_BYTES).status()).isEqualTo(201);
            assertThat(door.put("/kv/small", string(BodyBudget.FREE_BYTES)).status())
                    .isEqualTo(201);
            slow.send("\"");
            assertThat(slow.readToEnd()).startsWith("HTTP/1.1 201 ");
        }
        assertThat(door.put("/kv/b", string(LARGEST)).status()).isEqualTo(201);
    }

    @Test
    void whatFindsRoomInTimeIsTaken() throws IOException {
        try (RawConnection slow = halfSent("slow")) {
            await().until(() -> door.put("/kv/a", string(LARGEST)).outcome().equals("503 overloaded"));
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> door.put("/kv/a", string(LARGEST)));
            slow.send("\"");
            assertThat(waiting.join().status()).isEqualTo(201);
        }
    }

    @Test
    void refusedRequestsGiveTheirRoomBack() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(door.put("/kv/a", string(LARGEST).replace('"', '\'')).outcome())
                    .isEqualTo("400 invalid_json");
            assertThat(door.send("POST", "/kv/_batch", string(LARGEST)).outcome())
                    .isEqualTo("400 invalid_request");
            halfSent("gone").close();
        }
        await().until(() -> door.put("/kv/a", string(LARGEST)).status() / 100 == 2);
    }
}
