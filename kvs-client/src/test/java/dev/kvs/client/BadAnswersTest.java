package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.wire.Headers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over the JDK's client and over connections of their own. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadAnswersTest {
    @Parameter
    boolean shortLived;

    private final RecordedPacing pacing = new RecordedPacing(0.0);

    private KvsClientBuilder builder(String server) {
        KvsClientBuilder builder = KvsClient.builder(server);
        return shortLived ? builder.shortLived() : builder;
    }

    private KvsClient client(String server) {
        return builder(server).build(pacing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"uuid\"",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"uu",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 2",
                "",
            })
    void aHalfAnswerIsNone(String half) {
        try (RawServer server = RawServer.thatBreaksOffAfter(half);
                KvsClient kvs = client(server.address())) {
            var failure = catchThrowableOfType(KvsClientException.Unreachable.class, kvs::metrics);
            assertThat(failure.sent()).isTrue();
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(server.requests()).as("attempts").isGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"uuid\"",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"uu",
            })
    void anAnswerThatDoesNotEndTimesOut(String beginning) {
        try (RawServer server = RawServer.thatHangsAfter(beginning);
                KvsClient kvs = builder(server.address())
                        .requestTimeout(Duration.ofMillis(100))
                        .retries(1)
                        .build(pacing)) {
            var read = catchThrowableOfType(KvsClientException.TimedOut.class, kvs::metrics);
            assertThat(read.outcomeUnknown()).isFalse();
            assertThat(server.requests()).isEqualTo(2);
            var write = catchThrowableOfType(KvsClientException.TimedOut.class, () -> kvs.put("a", "1"));
            assertThat(write.outcomeUnknown()).isTrue();
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void theTimeForACallBoundsAllAttempts() {
        try (RawServer server = RawServer.thatHangsAfter("");
                KvsClient kvs = builder(server.address())
                        .totalTimeout(Duration.ofMillis(300))
                        .retries(20)
                        .build()) {
            long start = System.nanoTime();
            assertThatExceptionOfType(KvsClientException.TimedOut.class).isThrownBy(kvs::metrics);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "<html>",
                "{\"path\":\"a\",\"truncated\":false}",
                "{\"path\":7,\"children\":[],\"truncated\":false}",
                "{\"path\":\"a\",\"children\":[{}],\"truncated\":false}",
                "{\"path\":\"a\",\"children\":[null],\"truncated\":false}",
            })
    void jsonThatIsNotTheAnswerIsBad(String body) {
        try (ScriptedServer server = new ScriptedServer(Reply.of(200, body));
                KvsClient kvs = client(server.address())) {
            var bad = catchThrowableOfType(KvsClientException.BadAnswer.class, () -> kvs.ls("a", ListQuery.FIRST));
            assertThat(bad).hasMessageContaining("Children").hasMessageContaining("GET /kv/a/_ls");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (ScriptedServer elsewhere = new ScriptedServer(Reply.of(200, "stolen"));
                ScriptedServer server = new ScriptedServer(
                        Reply.of(status, "").with(Headers.LOCATION, elsewhere.address() + "/metrics"));
                KvsClient kvs = builder(server.address()).token("secret").build(pacing)) {
            assertThatExceptionOfType(KvsClientException.BadAnswer.class)
                    .isThrownBy(kvs::metrics)
                    .withMessageContaining("redirect");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerOverTheLimitIsBrokenOff(boolean chunked) {
        for (int size : new int[] {999, 1_000, 1_001, 5_000_000}) {
            Reply plain = Reply.of(200, "x".repeat(size));
            try (ScriptedServer server = new ScriptedServer(chunked ? plain.inChunks() : plain);
                    KvsClient kvs =
                            builder(server.address()).answerBytesMax(1_000).build(pacing)) {
                if (size <= 1_000) {
                    assertThat(kvs.metrics()).hasSize(size);
                } else {
                    assertThatExceptionOfType(KvsClientException.BadAnswer.class)
                            .isThrownBy(kvs::metrics)
                            .withMessageContaining("larger than 1000 bytes");
                }
            }
        }
    }

    @Test
    void anEndlessAnswerIsBrokenOff() {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        try (RawServer server = RawServer.thatHangsAfter(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(64));
                KvsClient kvs =
                        builder(server.address()).answerBytesMax(100_000).build(pacing)) {
            assertThatExceptionOfType(KvsClientException.BadAnswer.class).isThrownBy(kvs::metrics);
        }
    }

    @Test
    void aRefusalThatIsNoProblemDocumentIsBad() {
        try (ScriptedServer server = new ScriptedServer(Reply.of(404, "{\"error\":\"no such page\"}"));
                KvsClient kvs = client(server.address())) {
            assertThatExceptionOfType(KvsClientException.BadAnswer.class).isThrownBy(() -> kvs.get("a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag", "KVS-Timestamp"})
    void aValueWithoutItsVersionIsBad(String missing) {
        Reply reply = Reply.of(200, "1");
        for (String header : new String[] {"ETag", "KVS-Timestamp"}) {
            String value = header.equals("ETag") ? "\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f.raw\"" : "7";
            reply = header.equals(missing) ? reply : reply.with(header, value);
        }
        try (ScriptedServer server = new ScriptedServer(reply);
                KvsClient kvs = client(server.address())) {
            assertThatExceptionOfType(KvsClientException.BadAnswer.class)
                    .isThrownBy(() -> kvs.get("a"))
                    .withMessageContaining(missing);
        }
    }

    @Test
    void pagesThatDoNotAdvanceAreNotReadForEver() {
        Reply page = Reply.of(200, "{\"path\":\"\",\"children\":[],\"total\":0,\"truncated\":true,\"next\":\"a\"}");
        try (ScriptedServer server = new ScriptedServer(page, page, page);
                KvsClient kvs = client(server.address())) {
            assertThatExceptionOfType(KvsClientException.BadAnswer.class)
                    .isThrownBy(() -> kvs.children("").count())
                    .withMessageContaining("do not advance");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStays() throws Exception {
        try (RawServer server = RawServer.thatHangsAfter("");
                KvsClient kvs = client(server.address())) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    kvs.metrics();
                } catch (KvsClientException.Interrupted interrupted) {
                    flag.complete(Thread.currentThread().isInterrupted());
                }
            });
            server.awaitRequest();
            caller.interrupt();
            assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingTheClientEndsItsCalls() throws Exception {
        try (RawServer server = RawServer.thatHangsAfter("")) {
            KvsClient kvs = builder(server.address()).retries(0).build(pacing);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    kvs.metrics();
                } catch (KvsClientException | IllegalStateException ended) {
                    thrown.complete(ended);
                }
            });
            server.awaitRequest();
            kvs.close();
            assertThat(thrown.get(5, TimeUnit.SECONDS)).isInstanceOf(KvsClientException.Unreachable.class);
        }
    }
}
