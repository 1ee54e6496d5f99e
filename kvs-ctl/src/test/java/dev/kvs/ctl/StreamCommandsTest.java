package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Export, import and watch against answers that a node gives, whole and broken off. */
@Timeout(60)
class StreamCommandsTest {
    private static final String UUID = "01920000-0000-7000-8000-000000000001";
    private static final String LINE = "{\"key\":\"u/%s\",\"uuid\":\"" + UUID
            + "\",\"timestamp\":1790000000000,\"data\":{\"n\":9223372036854775807}}";

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private String retryAfter = "0";
    private HttpServer http;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI() + (last == null ? "" : " " + last));
            byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
            boolean problem = new String(body, StandardCharsets.UTF_8).contains("about:blank");
            exchange.getResponseHeaders()
                    .set("Content-Type", problem ? "application/problem+json" : "application/json");
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            exchange.sendResponseHeaders(problem ? 400 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Invocation.Result run(String line) {
        return invocation().run(line);
    }

    private Invocation invocation() {
        return new Invocation()
                .env("KVSCTL_SERVER", "http://127.0.0.1:" + http.getAddress().getPort())
                .env("KVSCTL_RETRIES", "0");
    }

    private static String report(long lines, long created) {
        return "{\"lines\":" + lines + ",\"created\":" + created + ",\"replaced\":0,\"skipped\":0}";
    }

    @Test
    void anExportIsPrintedAsItComes() {
        String lines = LINE.formatted("1") + "\n" + LINE.formatted("2") + "\n";
        answers.add(lines);
        assertThat(run("export u/ --after u/0").out()).isEqualTo(lines);
        assertThat(requests).containsExactly("GET /kv/_export?prefix=u%2F&after=u%2F0");
        answers.add(lines);
        assertThat(run("export -o name").out()).isEqualTo("u/1\nu/2\n");
        answers.add(lines);
        assertThat(run("export -o json").out())
                .startsWith("{\"documents\":[{\"key\":\"u/1\"")
                .contains("9223372036854775807");
        answers.add("");
        assertThat(run("export").out()).isEmpty();
    }

    @Test
    void anImportSendsLinesInRequestsAndCounts() throws IOException {
        Path file = folder.resolve("all.ndjson");
        Files.writeString(
                file,
                IntStream.rangeClosed(1, 25_000)
                        .mapToObj(i -> LINE.formatted(i) + "\n")
                        .collect(Collectors.joining()));
        for (int i = 0; i < 3; i++) {
            answers.add(report(i < 2 ? 10_000 : 5_000, 1));
        }
        Invocation.Result result = run("import " + file + " --mode newer -o json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"lines\":25000,\"created\":3");
        assertThat(requests).hasSize(3).containsOnly("POST /kv/_import?mode=newer");
        assertThat(String.join("", bodies)).isEqualTo(Files.readString(file));
        assertThat(run("import " + file + " --dry-run -o json").out()).contains("\"lines\":25000");
        assertThat(requests).hasSize(3);
    }

    @Test
    void aBrokenLineIsToldAndTheImportGoesOnBehindIt() {
        String problem = "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":400,\"detail\":\"Line 2: no.\","
                + "\"code\":\"invalid_json\",\"request_id\":\"r\",\"done\":" + report(1, 1) + "}";
        answers.add(problem);
        String input = LINE.formatted("1") + "\n{\"broken\":}\n" + LINE.formatted("3") + "\n";
        Invocation.Result stopped = invocation().input(input).run("import -");
        assertThat(stopped.code()).isEqualTo(8);
        assertThat(stopped.err()).contains("Line 2: no.", "1 created", "--from-line 2");
        answers.add(report(1, 1));
        assertThat(invocation().input(input).run("import - --from-line 3").code())
                .isZero();
        assertThat(bodies.getLast()).isEqualTo(LINE.formatted("3") + "\n");
        answers.add(problem.replace(report(1, 1), report(0, 0)));
        assertThat(invocation().input(input).run("import -").code()).isEqualTo(2);
        assertThat(run("import nowhere").code()).isEqualTo(2);
        assertThat(run("import - --mode odd").code()).isEqualTo(2);
    }

    @Test
    void anImportWaitsForAnOverloadedNodeAndGoesOnWhereItStopped() {
        String input = LINE.formatted("1") + "\n" + LINE.formatted("2") + "\n" + LINE.formatted("3") + "\n";
        answers.add(overloaded(2, 2));
        answers.add(overloaded(0, 0));
        answers.add(report(1, 1));
        Invocation.Result result = invocation().input(input).run("import - -o json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"lines\":3,\"created\":3");
        assertThat(bodies).containsExactly(input, LINE.formatted("3") + "\n", LINE.formatted("3") + "\n");
    }

    @Test
    void anImportThatANodeTakesNothingOfForLongerThanTheTimeoutEnds() {
        retryAfter = "31";
        answers.add(overloaded(0, 0));
        Invocation.Result stopped =
                invocation().input(LINE.formatted("1") + "\n").run("import - --timeout 30s");
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.err()).contains("too fast", "--from-line 1");
    }

    private static String overloaded(long lines, long created) {
        return "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":400,\"detail\":\"Too fast: too fast.\","
                + "\"code\":\"overloaded\",\"request_id\":\"r\",\"done\":" + report(lines, created) + "}";
    }

    @Test
    void anObjectOfSeveralLinesIsSentAsItIs() {
        String object = "{\n  \"a\": 1,\n  \"b\": 2\n}\n";
        answers.add("{}");
        answers.add(report(5, 2));
        assertThat(invocation().input(object).run("import -").code()).isZero();
        assertThat(requests.getFirst()).as("a token is asked for first").isEqualTo("GET /auth/whoami");
        assertThat(bodies.getLast()).isEqualTo(object);
    }

    @Test
    void aWatchPrintsChangesEndsAndRemembersWhereItWas() throws IOException {
        String events = "retry: 1000\n: alive\nid: p0\n\nevent: put\nid: p1\ndata: " + LINE.formatted("1")
                + "\n\nevent: resync\ndata: {}\n\nevent: delete\nid: p2\ndata: {\"key\":\"u/1\",\"uuid\":\"" + UUID
                + "\",\"timestamp\":5}\n\n";
        Path position = folder.resolve("position");
        answers.add(events);
        Invocation.Result result = run("watch u/ --until 2 --resume " + position);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.lines()).hasSize(3);
        assertThat(result.lines().getFirst()).startsWith("{\"event\":\"put\",\"id\":\"p1\",\"key\":\"u/1\"");
        assertThat(result.lines().getFirst()).contains("9223372036854775807");
        assertThat(result.lines().getLast()).startsWith("{\"event\":\"delete\",\"id\":\"p2\",\"key\":\"u/1\"");
        assertThat(Files.readString(position)).isEqualTo("p2\n");
        answers.add(events);
        assertThat(run("watch --until 1 -o name --resume " + position).out()).isEqualTo("u/1\n");
        assertThat(requests.getLast()).isEqualTo("GET /kv/_watch p2");
        for (String words : List.of("-o json", "-o yaml", "-o table", "--pointer /data")) {
            answers.add(events);
            assertThat(Parsed.ndjson(run("watch --until 2 " + words).out()))
                    .as(words)
                    .hasSize(3)
                    .first()
                    .satisfies(put -> assertThat(put.get("key").textValue()).isEqualTo("u/1"));
        }
        Path seen = folder.resolve("seen");
        answers.add(events);
        assertThat(run("watch --until 1 --exec 'cat > " + seen + "; echo $KVSCTL_EVENT $KVSCTL_KEY >> " + seen + "'")
                        .code())
                .isZero();
        assertThat(Files.readString(seen)).contains("9223372036854775807").endsWith("put u/1\n");
        answers.add(events);
        assertThat(run("watch --until 1 --exec 'exit 3'").code()).isEqualTo(1);
    }
}
