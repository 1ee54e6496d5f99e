package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests are answered at a time: here one. */
class LanesTest {
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(new DoorLimits().requests(1).settings(), HttpClient.Version.HTTP_1_1);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aNodeThatIsBusyLives() throws IOException {
        try (RawConnection slow = door.raw()) {
            slow.send("PUT /kv/slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\n\r\n1");
            await().until(() -> door.get("/kv/a").outcome().equals("503 overloaded"));
            for (String health : new String[] {"/health", "/health/live", "/health/ready"}) {
                assertThat(door.get(health).status()).as(health).isEqualTo(200);
            }
            slow.send("2");
            assertThat(slow.readToEnd()).startsWith("HTTP/1.1 201 ");
        }
        await().until(() -> door.get("/kv/a").status() == 404);
    }
}
