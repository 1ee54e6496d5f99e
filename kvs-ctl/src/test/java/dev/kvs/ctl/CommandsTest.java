package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.wire.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command does, seen from the server and from the shell. */
class CommandsTest {
    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @TempDir
    Path directory;

    private Invocation.Result run(String line) {
        return Invocation.at(node).run(line);
    }

    @Test
    void aDocumentComesFromTheLineFromStandardInputOrFromAFile() throws IOException {
        assertThat(run("put a '{\"x\": 1.0}'").code()).isZero();
        assertThat(Invocation.at(node).input(" [1,\n 2]\n").run("put b -").code())
                .isZero();
        Path file = Files.writeString(directory.resolve("c.json"), "\"ü\"\n");
        assertThat(run("put c @" + file).code()).isZero();
        assertThat(node.store.text("a")).isEqualTo("{\"x\": 1.0}");
        assertThat(node.store.text("b")).isEqualTo(" [1,\n 2]\n");
        assertThat(node.store.text("c")).isEqualTo("\"ü\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "-0.5e-3", "\"-s\"", "\"'x\"", "${x}", "%s", "$HOME"})
    void aDocumentIsNeverTakenForSomethingElse(String json) {
        Invocation.Result result =
                Invocation.at(node).run(new ByteArrayOutputStream(), List.of("put", "a", json, "--ttl", "1h"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(node.store.text("a")).isEqualTo(json);
    }

    @Test
    void putSaysWhetherItCreatedAndWhichVersion() {
        JsonNode created = Parsed.json(run("put a 1 -o json").out());
        assertThat(created.get("created").booleanValue()).isTrue();
        JsonNode replaced = Parsed.json(
                run("put a 2 -o json --if-match " + created.get("uuid").textValue())
                        .out());
        assertThat(replaced.get("created").booleanValue()).isFalse();
        assertThat(replaced.get("timestamp").longValue()).isGreaterThan(ScriptedStore.FIRST_TIMESTAMP);
    }

    @Test
    void timeToLiveAndIdempotencyKeyTravel() {
        run("put a 1 --ttl 90s --idempotency-key once");
        assertThat(node.requests).anyMatch(request -> request.contains("ttl=90s"));
    }

    @Test
    void anOldRevisionIsReadByUuidAndByTimeAndRestored() {
        UUID first = node.store.seed("a", "1");
        node.store.seed("a", "2");
        assertThat(run("get a --revision " + first).out()).isEqualTo("1\n");
        Invocation.Result then = run("get a --at " + (ScriptedStore.FIRST_TIMESTAMP + 1));
        assertThat(then.out()).isEqualTo("1\n");
        assertThat(then.err()).contains("pruned");
        assertThat(run("get a --at 2100-01-01T00:00:00Z --with-metadata -o json")
                        .out())
                .contains("\"complete\":false");
        assertThat(run("restore a " + first).code()).isZero();
        assertThat(node.store.text("a")).isEqualTo("1");
        List<String> kinds = Parsed.json(run("history a -o json").out()).findValuesAsText("kind");
        assertThat(kinds).containsExactly("live", "live", "live");
    }

    @Test
    void aListingReadsEveryPage() {
        for (int i = 0; i < 2_500; i++) {
            node.store.seed("many/k%04d/x".formatted(i), "1");
        }
        assertThat(run("ls many -o name").lines())
                .hasSize(2_500)
                .startsWith("many/k0000")
                .endsWith("many/k2499");
        assertThat(run("ls many -r -o name").lines()).hasSize(2_500).startsWith("many/k0000/x");
        assertThat(run("ls many/ -o name --limit 1200").lines()).hasSize(1_200);
        assertThat(Invocation.at(node).onTerminal().run("ls many --color never").lines())
                .hasSize(2_501)
                .allMatch(line -> line.indexOf("DIRECTORY") == 8 || line.indexOf("true") == 8);
        JsonNode cut = Parsed.json(run("ls -r many -o json --limit 3").out());
        assertThat(cut.get("keys")).hasSize(3);
        assertThat(cut.get("truncated").booleanValue()).isTrue();
        assertThat(Parsed.json(run("ls -r many -o json").out()).get("truncated").booleanValue())
                .isFalse();
    }

    @Test
    void aRecursiveListingStaysBelowItsPrefix() {
        List.of("ab", "a/x", "a/y/z", "a0", "b").forEach(key -> node.store.seed(key, "1"));
        assertThat(run("ls -r a -o name").lines()).containsExactly("a/x", "a/y/z");
        assertThat(run("ls -o name").lines()).containsExactly("a", "a0", "ab", "b");
    }

    @Test
    void keysWithBlanksAndForeignLettersArriveAsThemselves() {
        assertThat(run("put 'a b/ü?#%/日本' 1").code()).isZero();
        assertThat(node.store.liveKeys()).containsExactly("a b/ü?#%/日本");
        assertThat(run("get 'a b/ü?#%/日本'").out()).isEqualTo("1\n");
        assertThat(run("ls 'a b' -o name").lines()).containsExactly("a b/ü?#%");
    }

    @Test
    void flagsStandBeforeOrAfterTheCommand() {
        node.store.seed("a", "[1]");
        assertThat(run("-o yaml get a").out()).isEqualTo("- 1\n");
        assertThat(run("get -o yaml a").out()).isEqualTo("- 1\n");
        assertThat(run("get a -oyaml").out()).isEqualTo("- 1\n");
        assertThat(Invocation.at(node).env("KVSCTL_OUTPUT", "yaml").run("get a").out())
                .isEqualTo("- 1\n");
        assertThat(Invocation.at(node)
                        .env("KVSCTL_OUTPUT", "yaml")
                        .run("get a -o raw")
                        .out())
                .isEqualTo("[1]");
    }

    @Test
    void aDryRunWritesNothing() {
        UUID first = node.store.seed("a", "1");
        run("put a 22 --dry-run");
        run("del a --dry-run");
        run("restore a " + first + " --dry-run");
        run("bench --dry-run --duration 1h");
        assertThat(node.store.text("a")).isEqualTo("1");
        assertThat(node.requests).allMatch(request -> request.startsWith("GET "));
        assertThat(Parsed.table(run("put a 22 --dry-run").out()).getFirst()).containsEntry("BYTES", "2");
    }

    @Test
    void theTokenComesFromAFileFromStandardInputOrFromTheEnvironment() throws IOException {
        node.store.seed("a", "1");
        Path file = Files.writeString(directory.resolve("token"), "from-file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        run("get a --token-file " + file);
        Invocation.at(node).input("from-input").run("get a --token-file -");
        Invocation.at(node).env("KVSCTL_TOKEN", "from-variable").run("get a");
        Invocation.at(node).env("KVSCTL_TOKEN_FILE", file.toString()).run("get a");
        Invocation.at(node).env("KVSCTL_TOKEN", "hidden").run("get a --token-file " + file);
        run("get a");
        assertThat(node.tokens)
                .containsExactly(
                        "Bearer from-file",
                        "Bearer from-input",
                        "Bearer from-variable",
                        "Bearer from-file",
                        "Bearer from-file");
    }

    @Test
    void aCurlLineCanBePastedAndHoldsNoToken() throws Exception {
        Invocation.Result result = Invocation.at(node)
                .env("KVSCTL_TOKEN", "s3cret")
                .run("put 'a b' '{\"it\":\"isn\u2019t\"}' --show-curl -v");
        assertThat(result.err())
                .contains("curl -sS -X PUT ")
                .contains("-H \"Authorization: Bearer $KVSCTL_TOKEN\"")
                .contains("/kv/a%20b?raw'")
                .contains("> PUT ")
                .contains("< 201 after ")
                .doesNotContain("s3cret");
        assertThat(node.store.text("a b")).isEqualTo("{\"it\":\"isn\u2019t\"}");
    }

    @Test
    void withoutATerminalToAskNothingIsRead() {
        Invocation.Result result = Invocation.at(node).onTerminal().input("1").run("put a - --no-input");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--no-input");
    }

    @Test
    void aReadGoesToTheNextServer() {
        node.store.seed("a", "1");
        assertThat(run("get a -s http://127.0.0.1:1," + node.url()).out()).isEqualTo("1\n");
    }

    @Test
    void helpKnowsEveryCommandAndItsExample() {
        String help = run("help").out();
        for (String command : List.of(
                "get", "put", "del", "ls", "find", "edit", "touch", "cp", "mv", "diff", "history", "restore", "explain",
                "status", "wait", "bench", "version")) {
            assertThat(help).contains("\n  " + command + " ");
            String own = run("help " + command).out();
            assertThat(own).contains("kvsctl " + command).containsPattern("Examples?:");
            assertThat(run(command + " --help").out()).isEqualTo(own);
        }
        assertThat(run("--help").out()).isEqualTo(help);
        assertThat(run("help exit-codes").out()).contains("130  interrupted");
        assertThat(run("help formats").out()).contains("ndjson");
        assertThat(run("help environment").out()).contains("KVSCTL_SERVER");
        assertThat(node.requests).isEmpty();
    }

    @Test
    void metricsAreTextOrRecords() {
        node.metrics = """
            # HELP kvs_reads_total Reads.
            # TYPE kvs_reads_total counter
            kvs_reads_total{route="/kv/{key}",note="a \\"b\\" \\\\c"} 12
            kvs_age_seconds NaN
            kvs_writes_total 1.0E7
            """;
        assertThat(run("metrics").out()).isEqualTo(node.metrics);
        assertThat(run("metrics reads").lines()).hasSize(3);
        JsonNode all = Parsed.json(run("metrics -o json").out()).get("metrics");
        assertThat(all.findValuesAsText("name"))
                .containsExactly("kvs_reads_total", "kvs_age_seconds", "kvs_writes_total");
        assertThat(all.at("/0/labels/route").textValue()).isEqualTo("/kv/{key}");
        assertThat(all.at("/0/labels/note").textValue()).isEqualTo("a \"b\" \\c");
        assertThat(all.at("/0/value").intValue()).isEqualTo(12);
        assertThat(all.at("/1/value").textValue()).isEqualTo("NaN");
        assertThat(all.get(1).has("labels")).isFalse();
        assertThat(run("metrics writes -o ndjson").out())
                .isEqualTo("{\"name\":\"kvs_writes_total\",\"value\":1.0E7}\n");
        assertThat(run("metrics -o name").lines()).hasSize(3);
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Parsed.table(run("version").out()).getFirst().get("VERSION")).matches("[0-9]+\\.[0-9]+\\..*");
        assertThat(run("--version").out()).isEqualTo(run("version").out());
    }

    @Test
    void benchMeasuresAndLeavesNothingBehind() {
        JsonNode report =
                Parsed.json(run("bench --mix r50/w50 --keys 20 --size 64 --clients 4 --duration 300ms -o json")
                        .out());
        assertThat(report.at("/operations/0/operation").textValue()).isEqualTo("all");
        assertThat(report.at("/operations/0/count").longValue()).isPositive();
        assertThat(report.at("/operations/0/p99_ms").doubleValue())
                .isBetween(
                        report.at("/operations/0/p50_ms").doubleValue(),
                        report.at("/operations/0/max_ms").doubleValue());
        assertThat(report.get("errors")).isEmpty();
        assertThat(report.get("correction").textValue()).isEqualTo("expected-interval");
        assertThat(node.store.liveKeys()).isEmpty();
    }

    @Test
    void benchKeepsARate() {
        JsonNode report = Parsed.json(run("bench --rate 100 --keys 5 --clients 4 --duration 500ms -o json")
                .out());
        assertThat(report.at("/operations/0/count").longValue()).isBetween(25L, 50L);
        assertThat(report.get("correction").textValue()).isEqualTo("due-time");
    }

    @Test
    void benchCountsErrorsByCode() {
        Invocation.Result result = run("bench --keys 1 --duration 1ms --mix w100");
        assertThat(result.code()).isZero();
        node.refuse("/kv/bench", ErrorCode.READ_ONLY);
        Invocation.Result refused = run("bench --keys 1 --duration 50ms");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("read_only");
    }
}
