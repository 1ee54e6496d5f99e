package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time lose the connection, and leave nothing waiting for them. */
@Timeout(60)
class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(impatient(64, 100), HttpClient.Version.HTTP_2);
    }

    @AfterEach
    void close() {
        await().atMost(Duration.ofSeconds(20)).until(() -> door.door.waiting() == 0);
        door.close();
    }

    @Test
    void aConnectionThatAsksToBeClosedIsClosedAtOnce() throws IOException {
        try (RawConnection connection = new RawConnection(door.port())) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
    }

    private static DoorSettings impatient(int requests, int connections) {
        return new DoorLimits()
                .bodies(1 << 20, 32 << 20)
                .connections(connections)
                .requests(requests)
                .patience(PATIENCE, PATIENCE)
                .drain(Duration.ofSeconds(2))
                .settings();
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (RawConnection connection = door.raw()) {
            assertThat(connection.read()).isEqualTo(-1);
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsRequest() throws IOException {
        try (RawConnection connection = door.raw()) {
            String answer =
                    connection.send("GET /kv/a HTTP/1.1\r\nHost: x\r\n\r\n").readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 404").contains("not_found");
        }
    }

    @Test
    void headersThatDoNotEndAreCutOff() throws IOException {
        try (RawConnection connection = door.raw()) {
            connection.send("GET /kv/a HTTP/1.1\r\nHost: x\r\n");
            assertThat(trickle(connection, "X-A: b\r\n")).isTrue();
        }
    }

    @Test
    void aBodyThatStallsIsCutOff() throws IOException {
        try (RawConnection connection = door.raw()) {
            connection.send("PUT /kv/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
            assertThat(connection.readToEnd()).doesNotContain("HTTP/1.1 5");
        }
        assertThat(door.writes()).isZero();
    }

    @Test
    void aBodyThatTricklesIsCutOff() throws IOException {
        try (RawConnection connection = door.raw()) {
            connection.send("PUT /kv/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            assertThat(trickle(connection, " ")).isTrue();
        }
        try (RawConnection connection = door.raw()) {
            connection.send("PUT /kv/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(trickle(connection, "1\r\n \r\n")).isTrue();
        }
        assertThat(door.writes()).isZero();
    }

    /** Sends a piece every now and then; whether the node gave up on it. */
    private static boolean trickle(RawConnection connection, String piece) {
        List<Boolean> closed = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    try {
                        connection.send(piece);
                        return false;
                    } catch (IOException gone) {
                        closed.add(true);
                        return true;
                    }
                });
        return !closed.isEmpty();
    }

    @Test
    void anAnswerThatIsNotTakenIsCutOff() throws IOException {
        door.put("/kv/big", "\"" + "x".repeat(1_000_000) + "\"");
        try (RawConnection connection = door.raw()) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                many.append("GET /kv/big HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            connection.send(many.toString());
            await().atMost(Duration.ofSeconds(20)).until(() -> door.door.waiting() > 0);
            await().atMost(Duration.ofSeconds(20)).until(() -> door.door.waiting() == 0);
        }
        assertThat(door.get("/kv/big").status()).isEqualTo(200);
    }

    /** The JDK's client sees an answer only after it has sent its body, so the node's own count is asked. */
    @Test
    void anHttp2BodyThatStallsIsRefused() {
        assertThat(door.get("/health").response().version()).isEqualTo(HttpClient.Version.HTTP_2);
        HttpRequest silent = HttpRequest.newBuilder(door.uri("/kv/a"))
                .PUT(HttpRequest.BodyPublishers.fromPublisher(new Silent()))
                .build();
        CompletableFuture<HttpResponse<byte[]>> never =
                door.client.sendAsync(silent, HttpResponse.BodyHandlers.ofByteArray());
        String count = "kvs_http_requests_seconds_count{method=\"PUT\",route=\"/kv/{key}\",status=\"4xx\"} ";
        await().atMost(Duration.ofSeconds(20)).until(() -> door.meters.scrape().contains(count + "1\n"));
        assertThat(door.writes()).isZero();
        never.cancel(true);
    }

    /** A body that never begins. */
    private static final class Silent implements Flow.Publisher<ByteBuffer> {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
        }
    }

    @Test
    void connectionsBeyondTheLimitAreServedWhenOthersEnd() throws IOException {
        try (Door few = Door.open(impatient(64, 2), HttpClient.Version.HTTP_1_1);
                RawConnection first = few.raw();
                RawConnection second = few.raw();
                RawConnection third = few.raw()) {
            third.send("GET /kv/a HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(third.readToEnd()).startsWith("HTTP/1.1 404");
            assertThat(first.read()).isEqualTo(-1);
            assertThat(second.read()).isEqualTo(-1);
        }
    }

    @Test
    void requestsBeyondTheLimitAreRefusedAtOnce() throws IOException {
        try (Door one = Door.open(impatient(1, 100), HttpClient.Version.HTTP_1_1);
                RawConnection slow = one.raw()) {
            slow.send("PUT /kv/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> one.get("/kv/a").outcome().equals("503 overloaded"));
            assertThat(slow.readToEnd()).doesNotContain("HTTP/1.1 5");
            await().atMost(Duration.ofSeconds(20)).until(() -> one.get("/kv/a").status() == 404);
        }
    }
}
