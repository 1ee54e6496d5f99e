package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that asks for the end of the connection gets it with the answer, not when the connection has idled. */
@Timeout(60)
class ClosingTest {
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(Door.settings(), HttpClient.Version.HTTP_1_1);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "PUT /kv/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1\r\n\r\n1",
                "DELETE /kv/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            })
    void theConnectionEndsWithTheAnswer(String request) throws IOException {
        try (RawConnection connection = door.raw()) {
            // Reading fails after 20 s; the door lets connections idle for longer.
            assertThat(connection.send(request).readToEnd()).startsWith("HTTP/1.1 20");
        }
    }
}
