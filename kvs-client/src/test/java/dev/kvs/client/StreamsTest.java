package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.ImportMode;
import dev.kvs.wire.ImportReport;
import java.io.ByteArrayInputStream;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers and bodies of any length, and what becomes of them when they break off. */
@Timeout(60)
class StreamsTest {
    private static final String UUID = "01920000-0000-7000-8000-000000000001";
    private static final String ADA =
            "{\"key\":\"ada\",\"uuid\":\"" + UUID + "\",\"timestamp\":1,\"data\":{\"big\":9223372036854775807}}\n";
    private static final String BOB = "{\"key\":\"b b\",\"uuid\":\"" + UUID + "\",\"timestamp\":2,\"data\":1}\n";

    private static KvsClient client(String... servers) {
        return KvsClient.builder(servers).build();
    }

    private static String event(String kind, String id, String line) {
        return "event: " + kind + "\nid: " + id + "\ndata: " + line + "\n";
    }

    @Test
    void anExportIsReadLineByLine() {
        try (ScriptedServer server = new ScriptedServer(Reply.of(200, ADA + BOB).inChunks());
                KvsClient kvs = client(server.address());
                ExportStream export = kvs.export("u/", "u/a b")) {
            assertThat(Objects.requireNonNull(export.next()).data()).hasToString("{\"big\":9223372036854775807}");
            assertThat(Objects.requireNonNull(export.next()).key()).isEqualTo("b b");
            assertThat(export.next()).isNull();
            assertThat(server.onlyRequest().target()).isEqualTo("/kv/_export?prefix=u%2F&after=u%2Fa%20b");
        }
    }

    @Test
    @SuppressWarnings("try") // The server that broke off is gone before the export goes on.
    void anExportThatBreaksOffGoesOnBehindTheLastDocumentAtAnotherServer() {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + ADA + BOB.substring(0, 20);
        try (RawServer broken = RawServer.thatBreaksOffAfter(half);
                ScriptedServer whole = new ScriptedServer(Reply.of(200, BOB));
                KvsClient kvs = client(broken.address(), whole.address());
                ExportStream export = kvs.export("", null)) {
            assertThat(Objects.requireNonNull(export.next()).key()).isEqualTo("ada");
            broken.close();
            assertThat(Objects.requireNonNull(export.next()).key()).isEqualTo("b b");
            assertThat(export.next()).isNull();
            assertThat(whole.onlyRequest().target()).isEqualTo("/kv/_export?after=ada");
        }
    }

    @Test
    void anExportThatIsRefusedSaysSo() {
        try (ScriptedServer server = new ScriptedServer(Reply.refusal(ErrorCode.FORBIDDEN));
                KvsClient kvs = client(server.address())) {
            assertThatThrownBy(() -> kvs.export("", null)).hasMessageContaining("forbidden");
        }
    }

    @Test
    void aWatchGoesOnBehindItsLastEvent() {
        String first = "retry: 1000\n: alive\nid: p0\n\n" + event("put", "p1", ADA) + event("delete", "p2", BOB);
        String second = "event: resync\ndata: {\"reason\":\"x\"}\n\n" + event("put", "p3", BOB);
        try (ScriptedServer server = new ScriptedServer(
                        Reply.of(200, first).inChunks(),
                        Reply.refusal(ErrorCode.SHUTTING_DOWN),
                        Reply.of(200, second).inChunks());
                KvsClient kvs = client(server.address());
                Watch watch = kvs.watch("", null)) {
            assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(WatchEvent.Kind.PUT);
            assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(WatchEvent.Kind.DELETE);
            assertThat(watch.position()).isEqualTo("p2");
            assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(WatchEvent.Kind.RESYNC);
            assertThat(Objects.requireNonNull(watch.next()).id()).isEqualTo("p3");
            assertThat(server.requests().getFirst().header("Last-Event-ID")).isNull();
            assertThat(server.requests().getLast().header("Last-Event-ID")).isEqualTo("p2");
        }
    }

    @Test
    @SuppressWarnings("try") // The server that broke off is gone before the watch goes on.
    void aWatchThatBreaksOffWithinAnEventHearsThatEventAgain() {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + event("put", "p1", ADA)
                + "event: put\nid: p2\ndata: {\"ke";
        try (RawServer broken = RawServer.thatBreaksOffAfter(half);
                ScriptedServer whole = new ScriptedServer(
                        Reply.of(200, event("put", "p2", BOB)).inChunks());
                KvsClient kvs = client(broken.address(), whole.address());
                Watch watch = kvs.watch("", null)) {
            assertThat(Objects.requireNonNull(watch.next()).id()).isEqualTo("p1");
            broken.close();
            assertThat(Objects.requireNonNull(watch.next()).id()).isEqualTo("p2");
            assertThat(whole.onlyRequest().header("Last-Event-ID")).isEqualTo("p1");
        }
    }

    @Test
    void aWatchThatHearsNothingTakesTheConnectionForDead() {
        String silent = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n"
                + event("put", "p1", ADA);
        try (RawServer server = RawServer.thatHangsAfter(silent);
                KvsClient kvs = KvsClient.builder(server.address())
                        .watchSilence(Duration.ofMillis(50))
                        .build();
                Watch watch = kvs.watch("", null)) {
            assertThat(Objects.requireNonNull(watch.next()).id()).isEqualTo("p1");
            assertThat(Objects.requireNonNull(watch.next()).id()).isEqualTo("p1");
            assertThat(server.requests()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aWatchThatIsClosedWhileItsConnectionIsOpenedHearsNothingMore() {
        AtomicReference<Watch> closing = new AtomicReference<>();
        String silent = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + event("put", "p1", ADA);
        try (RawServer server = RawServer.thatHangsAfter(silent);
                KvsClient kvs = KvsClient.builder(server.address())
                        .watchSilence(Duration.ofMillis(50))
                        .listener((_, _, _, _) ->
                                Optional.ofNullable(closing.get()).ifPresent(Watch::close))
                        .build();
                Watch watch = kvs.watch("", null)) {
            assertThat(Objects.requireNonNull(watch.next()).id()).isEqualTo("p1");
            closing.set(watch);
            assertThat(watch.next()).isNull();
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void aWatchThatIsClosedIsHeldByNobody() throws InterruptedException {
        ReferenceQueue<Watch> forgotten = new ReferenceQueue<>();
        try (RawServer server = RawServer.thatHangsAfter("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                KvsClient kvs = client(server.address())) {
            WeakReference<Watch> closed = openAndClose(kvs, forgotten);
            for (int i = 0; i < 100 && closed.get() != null; i++) {
                System.gc();
                forgotten.remove(20);
            }
            assertThat(closed.get()).isNull();
        }
    }

    private static WeakReference<Watch> openAndClose(KvsClient kvs, ReferenceQueue<Watch> forgotten) {
        try (Watch watch = kvs.watch("", null)) {
            return new WeakReference<>(watch, forgotten);
        }
    }

    @Test
    void anImportSendsWhatItIsGivenAndTellsWhatWasDoneBeforeItBroke() {
        String report = "{\"lines\":2,\"created\":1,\"replaced\":1,\"skipped\":0}";
        String broken = "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":400,\"detail\":\"Line 3: no\","
                + "\"code\":\"invalid_json\",\"request_id\":\"r\",\"done\":" + report + "}";
        try (ScriptedServer server = new ScriptedServer(
                        Reply.of(200, report),
                        Reply.of(200, report),
                        Reply.of(400, broken).with("Content-Type", "application/problem+json"));
                KvsClient kvs = client(server.address())) {
            byte[] lines = (ADA + BOB).getBytes(StandardCharsets.UTF_8);
            assertThat(kvs.load(lines, ImportMode.NEWER)).isEqualTo(new ImportReport(2, 1, 1, 0));
            assertThat(kvs.load(new ByteArrayInputStream(lines), ImportMode.SKIP)
                            .documents())
                    .isEqualTo(2);
            assertThat(server.requests()).allMatch(request -> request.body().equals(ADA + BOB));
            assertThat(server.requests().getFirst().line()).isEqualTo("POST /kv/_import?mode=newer");
            assertThatThrownBy(() -> kvs.load(lines, ImportMode.SKIP))
                    .isInstanceOfSatisfying(
                            KvsClientException.Refused.class,
                            refused -> assertThat(refused.problem().done()).isEqualTo(new ImportReport(2, 1, 1, 0)));
        }
    }
}
