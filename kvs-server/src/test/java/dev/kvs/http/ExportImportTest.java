package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents out and in again in streams. */
@Timeout(120)
class ExportImportTest {
    private static final String[] NDJSON = {"Content-Type", "application/x-ndjson"};

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Answer load(String mode, String body) {
        return door.send("POST", "/kv/_import" + mode, body, NDJSON);
    }

    private static List<String> keys(Answer export) {
        return export.text().lines().map(line -> line.split("\"")[3]).toList();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whatIsExportedCanBeImportedAndIsTheSame(HttpClient.Version version) throws IOException {
        String documents = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"d/%04d\":{\"n\":%d,\"t\":\"%s\"}}".formatted(i, i, "x".repeat(i % 50)))
                .collect(Collectors.joining("\n"));
        try (Door source = Door.open(Door.settings(), version);
                Door target = Door.open(Door.settings(), version)) {
            source.get("/health");
            target.get("/health");
            assertThat(source.send("POST", "/kv/_import", documents, NDJSON).text())
                    .isEqualTo("{\"lines\":3000,\"created\":3000,\"replaced\":0,\"skipped\":0}");
            Answer export = source.get("/kv/_export");
            assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(export.text().lines().count()).isEqualTo(3_000);
            assertThat(target.send("POST", "/kv/_import", export.text(), NDJSON).status())
                    .isEqualTo(200);
            assertThat(keys(target.get("/kv/_export"))).isEqualTo(keys(export)).isSorted();
            assertThat(target.get("/kv/d/0042?raw").text())
                    .isEqualTo(source.get("/kv/d/0042?raw").text());
        }
    }

    @Test
    void aPrefixAndAPlaceToGoOnAt() {
        load("", "{\"a\":1,\"u\":2,\"u/1\":3,\"u/2\":4,\"u2\":5,\"v\":6}");
        assertThat(keys(door.get("/kv/_export?prefix=u"))).containsExactly("u", "u/1", "u/2", "u2");
        assertThat(keys(door.get("/kv/_export?prefix=u/"))).containsExactly("u/1", "u/2");
        assertThat(keys(door.get("/kv/_export?prefix=u/&after=u/1&format=ndjson")))
                .containsExactly("u/2");
        assertThat(door.get("/kv/_export?prefix=nothing").text()).isEmpty();
        assertThat(door.get("/kv/_export?format=xml").outcome()).isEqualTo("400 invalid_parameter");
        assertThat(door.get("/kv/_export?prefix=" + "k".repeat(1025)).outcome()).isEqualTo("400 invalid_parameter");
        assertThat(door.send("HEAD", "/kv/_export", "").status()).isEqualTo(200);
    }

    @Test
    void documentsPassThroughUnchanged() {
        String value = "{\"q\":\"\\\"\\\\ \\n"
                + " é 😀 {}[],:\",\"big\":9223372036854775807,\"dec\":1.000000000000000000000000001e400,"
                + "\"deep\":[[[[{\"a\":[]}]]]]}";
        String key = "q\\\"uo\\\\te é";
        Answer done = load("", "{\"key\":\"" + key + "\",\"data\":" + value + "}");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(door.get("/kv/_export").text())
                .contains("\"data\":" + value + "}\n")
                .contains("\"" + key + "\"");
        door.put("/kv/pretty", "{\n  \"a\": 1,\r\n  \"b\": \"\\n\"\n}");
        String pretty = door.get("/kv/_export?prefix=pretty").text();
        assertThat(pretty.lines()).hasSize(1);
        assertThat(load("?mode=overwrite", pretty).status()).isEqualTo(200);
        assertThat(door.get("/kv/pretty?raw").json().toString()).isEqualTo("{\"a\":1,\"b\":\"\\n\"}");
    }

    @Test
    void modesDecideAboutWhatIsThere() {
        door.put("/kv/a", "1");
        long stored = door.get("/kv/a").json().get("timestamp").asLong();
        assertThat(load("", "{\"a\":2,\"b\":2}").text()).contains("\"created\":1,\"replaced\":0,\"skipped\":1");
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("1");
        assertThat(load("?mode=overwrite", "{\"a\":3,\"b\":3}").text()).contains("\"created\":0,\"replaced\":2");
        String line = "{\"key\":\"a\",\"timestamp\":%d,\"data\":4}\n";
        assertThat(load("?mode=newer", line.formatted(stored - 1)).text()).contains("\"skipped\":1");
        assertThat(load("?mode=newer", line.formatted(stored + 100_000)).text()).contains("\"replaced\":1");
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("4");
        assertThat(load("?mode=newer", "{\"a\":5}").outcome()).isEqualTo("400 invalid_request");
        assertThat(load("?mode=other", "{\"a\":5}").outcome()).isEqualTo("400 invalid_parameter");
    }

    @Test
    void theLastOfOneKeyCountsAndExpiryIsKept() {
        assertThat(load("?mode=overwrite", "{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}\n")
                        .text())
                .isEqualTo("{\"lines\":5,\"created\":1,\"replaced\":2,\"skipped\":0}");
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("3");
        assertThat(load("", "{\"a\":9}\n{\"a\":8}").text()).contains("\"skipped\":2");
        long soon = System.currentTimeMillis() + 600_000;
        load(
                "",
                "{\"key\":\"t\",\"data\":1,\"expires_at\":" + soon
                        + "}\n{\"key\":\"gone\",\"data\":1,\"expires_at\":5}");
        assertThat(door.get("/kv/t").json().get("expires_at").asLong()).isEqualTo(soon);
        assertThat(door.get("/kv/gone").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"c\":}",
                "{\"c\":1",
                "{\"c\" 1}",
                "{c:1}",
                "[1]",
                "1",
                "{\"c\":tru}",
                "{\"c\":01}",
                "{\"c\":\"\u0001\"}",
                "{\"c\":{\"x\":1,\"x\":2}}",
                "{\"c\":1,\"c\":2}",
                "{\"_c\":1}",
                "{\"c//d\":1}",
                "{\"key\":\"c\",\"uuid\":\"x\"}",
                "{\"key\":\"c\",\"data\":1,\"timestamp\":-1}",
                "{\"key\":\"c\",\"data\":1,\"expires_at\":\"x\"}",
                "{\"c\":1,}",
                "{,}"
            })
    void theBrokenLineIsNamedAndWhatStandsBeforeItIsKept(String broken) {
        Answer answer = load("", "{\"a\":1}\n{\"b\":2,\"b2\":3}\n" + broken + "\n{\"z\":1}\n");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode problem = answer.json();
        assertThat(problem.get("detail").asText()).containsPattern("^Line [34]: ");
        assertThat(problem.get("done").toString())
                .startsWith("{\"lines\":2,\"created\":3,")
                .endsWith("\"skipped\":0}");
        assertThat(keys(door.get("/kv/_export"))).containsExactly("a", "b", "b2");
    }

    @Test
    void linesThatAreRefusedAreNotCountedAsDone() throws IOException {
        try (Door own = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}))) {
            own.token = Keepers.rootToken();
            own.put("/kv/d/1500", "0");
            own.send("POST", "/auth/users", "{\"name\":\"ada\",\"scopes\":[\"read\",\"write\"]}");
            own.token = own.send("POST", "/auth/tokens", "{\"user\":\"ada\"}")
                    .json()
                    .get("token")
                    .asText();
            String lines = IntStream.range(0, 3_000)
                    .mapToObj(i -> "{\"d/%04d\":1}\n".formatted(i))
                    .collect(Collectors.joining());
            Answer answer = own.send("POST", "/kv/_import", lines, NDJSON);
            assertThat(answer.outcome()).isEqualTo("403 forbidden");
            // The node stores a thousand at a time; the second thousand has a key of somebody else's.
            assertThat(answer.json().get("done").toString())
                    .isEqualTo("{\"lines\":1000,\"created\":1000,\"replaced\":0,\"skipped\":0}");
        }
    }

    @Test
    void aDocumentMayBeAsLargeAsItsLimit() {
        String line = "{\"key\":\"a\",\"data\":\"%s\"}\n";
        assertThat(load("", line.formatted("x".repeat(Door.MAX_JSON_BYTES - 2))).status())
                .isEqualTo(200);
        assertThat(load("", line.formatted("x".repeat(Door.MAX_JSON_BYTES - 1))).outcome())
                .isEqualTo("413 body_too_large");
        assertThat(load("", line.formatted("x".repeat(500_000))).outcome()).isEqualTo("413 body_too_large");
        assertThat(load("", "{\"" + "k".repeat(100_000) + "\":1}").outcome()).isEqualTo("413 body_too_large");
    }

    @Test
    void anImportOfAnyLengthIsTakenAndNoneWhereWritesAreNot() {
        HttpRequest.BodyPublisher much = HttpRequest.BodyPublishers.ofByteArrays(IntStream.range(0, 20_000)
                .mapToObj(i ->
                        "{\"m/%05d\":\"%s\"}\n".formatted(i, "y".repeat(100)).getBytes(StandardCharsets.UTF_8))
                .toList());
        Answer answer = door.send(HttpRequest.newBuilder(door.uri("/kv/_import"))
                .headers(NDJSON)
                .POST(much)
                .build());
        assertThat(answer.text()).isEqualTo("{\"lines\":20001,\"created\":20000,\"replaced\":0,\"skipped\":0}");
        door.mode = Mode.READ_ONLY;
        assertThat(load("", "{\"a\":1}").outcome()).isEqualTo("503 read_only");
    }

    /** What stands in a line is no span of time, however long its group waits for the rest of the body. */
    @Test
    void anExpiryIsWhatTheLineSaysHoweverLateItIsStored() throws IOException {
        String line = "{\"key\":\"a\",\"data\":1,\"expires_at\":9223372036854775806}\n";
        try (RawConnection connection = door.raw()) {
            connection.send("POST /kv/_import HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                    + "Content-Length: " + (line.length() + 1) + "\r\n\r\n" + line);
            long later = System.currentTimeMillis() + 50;
            await().until(() -> System.currentTimeMillis() > later);
            assertThat(connection.send("\n").finish().readToEnd()).startsWith("HTTP/1.1 200");
        }
        assertThat(door.get("/kv/a").json().get("expires_at").asLong()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void aBodyThatBreaksOffKeepsWhatHasArrived() throws IOException {
        try (RawConnection connection = door.raw()) {
            String answer = connection
                    .send("POST /kv/_import HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                            + "Content-Length: 100\r\n\r\n{\"a\":1}\n{\"b\":")
                    .finish()
                    .readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"lines\":1,\"created\":1");
        }
        assertThat(keys(door.get("/kv/_export"))).containsExactly("a");
    }
}
