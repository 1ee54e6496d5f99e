package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.process.KvsctlProcess.Result;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code kvsctl} by its launcher against a real node: what a script of somebody's would do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KvsctlTest {
    private static final Path LAUNCHER = KvsctlProcess.LAUNCHER;
    private static final ObjectMapper JSON = new ObjectMapper();

    private NodeProcess node;
    private Path folder;

    @BeforeAll
    void startANode(@TempDir Path temporary) throws IOException {
        folder = temporary;
        node = new NodeProcess(temporary);
        node.start();
    }

    @AfterAll
    void endIt() {
        node.close();
    }

    @Test
    void aDocumentLivesItsWholeLife() throws Exception {
        assertThat(run("put", "life/a", "{\"n\": 9223372036854775807, \"f\": 1.50}")
                        .code())
                .isZero();
        assertThat(ok("get", "life/a")).isEqualTo("{\"n\": 9223372036854775807, \"f\": 1.50}\n");
        ok("put", "life/a", "2");
        JsonNode revisions =
                JSON.readTree(ok("history", "life/a", "-o", "json")).get("revisions");
        assertThat(revisions).hasSize(2);
        ok("restore", "life/a", revisions.get(1).get("uuid").textValue());
        assertThat(ok("get", "life/a")).startsWith("{\"n\": 9223372036854775807");
        assertThat(ok("ls", "life", "-o", "name")).isEqualTo("life/a\n");
        ok("del", "life/a");
        assertThat(run("get", "life/a").code()).isEqualTo(3);
        assertThat(ok("ls", "life", "-o", "name")).isEmpty();
    }

    @Test
    void everyOutcomeHasItsExitCode() throws Exception {
        ok("put", "codes/a", "1");
        assertThat(run("put", "codes/a", "not json").code()).isEqualTo(2);
        assertThat(run("get").code()).isEqualTo(2);
        assertThat(run("get", "codes/none").code()).isEqualTo(3);
        assertThat(run("put", "codes/a", "2", "--if-absent").code()).isEqualTo(5);
        assertThat(ok("get", "codes/a")).isEqualTo("1\n");
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Result nobody = run("get", "codes/a", "-s", "http://127.0.0.1:" + free, "--retries", "0");
        assertThat(nobody.code()).isEqualTo(6);
        assertThat(nobody.err()).contains("connection refused").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get formats/a", "ls formats", "history formats/a", "status", "version", "put formats/b [1]"})
    void everyFormatIsReadByAParserOfItsOwn(String line) throws Exception {
        ok("put", "formats/a", "{\"text\":\"tab\\there: # \u00fc\",\"n\":1.0}");
        assertThat(JSON.readTree(ok(line, "-o", "json")).isContainerNode()).isTrue();
        for (String one : ok(line, "-o", "ndjson").lines().toList()) {
            assertThat(JSON.readTree(one).isContainerNode()).as(one).isTrue();
        }
        Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(ok(line, "-o", "yaml"));
        assertThat(yaml).isInstanceOfAny(Map.class, List.class);
        assertThat(JSON.readTree(ok(line, "-o", "raw")).isContainerNode()).isTrue();
        List<String> table = ok(line, "-o", "table").lines().toList();
        assertThat(table)
                .hasSizeGreaterThan(1)
                .allSatisfy(row -> assertThat(cells(row)).isEqualTo(cells(table.getFirst())));
        assertThat(ok(line, "-o", "name")).doesNotContain("\t", "{");
    }

    private static long cells(String row) {
        return row.chars().filter(c -> c == '\t').count();
    }

    @Test
    void aDocumentGoesThroughAPipe() throws Exception {
        ok("put", "pipe/a", "{\"users\":[{\"name\":\"Ada\"},{\"name\":\"Bob\"}]}");
        Result result = shell("'" + LAUNCHER + "' get pipe/a | jq -r '.users[1].name'", Map.of());
        assertThat(result.out()).isEqualTo("Bob\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void keysAndDocumentsAreUtf8WhateverTheLocaleIs() throws Exception {
        String key = "$'utf8/\\xd0\\xba\\xd0\\xbb\\xd1\\x8e\\xd1\\x87'";
        String json = "$'\"gr\\xc3\\xbc\\xc3\\x9fe \\xf0\\x9f\\x8c\\x8d\"'";
        String script = "'%s' put %s %s -q && '%s' get %s".formatted(LAUNCHER, key, json, LAUNCHER, key);
        for (Map<String, String> locale :
                List.of(Map.of("LC_ALL", "C"), Map.of("LC_ALL", "", "LC_CTYPE", "POSIX", "LANG", "C.UTF-8"))) {
            Result result = shell(script, locale);
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).as("%s", locale).isEqualTo("\"gr\u00fc\u00dfe \ud83c\udf0d\"\n");
        }
        assertThat(ok("ls", "utf8", "-o", "name")).isEqualTo("utf8/\u043a\u043b\u044e\u0447\n");
    }

    @Test
    void aConfigurationIsValidatedByTheNodesOwnRulesAllProblemsAtOnce() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), "node_id: a\nport: 8081\n");
        assertThat(ok("config validate", good.toString())).contains("good.yaml");
        assertThat(JSON.readTree(ok("config validate", good.toString(), "-o", "json"))
                        .get("valid")
                        .booleanValue())
                .isTrue();
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "prot: 8081\nport: none\nread_only: perhaps\n");
        Result refused = run("config validate", bad.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("prot", "port", "read_only");
    }

    @Test
    void aCopyAndAMoveAndAnEditKeepTheTimeToLive() throws Exception {
        ok("put", "keep/a", "{\"n\": 9223372036854775807}", "--ttl", "1h");
        ok("cp keep/a keep/b");
        ok("mv keep/b keep/c");
        assertThat(run("get keep/b").code()).isEqualTo(3);
        assertThat(kvsctl().env("EDITOR", "sed -i s/5807/5806/")
                        .run("edit keep/c")
                        .code())
                .isZero();
        JsonNode moved = JSON.readTree(ok("get keep/c --with-metadata -o json"));
        assertThat(moved.get("data").toString()).isEqualTo("{\"n\":9223372036854775806}");
        assertThat(moved.get("expires_at").longValue() - moved.get("timestamp").longValue())
                .isBetween(1L, 3_600_000L);
        ok("touch keep/c --ttl 0");
        assertThat(JSON.readTree(ok("get keep/c --with-metadata -o json")).has("expires_at"))
                .isFalse();
        assertThat(run("cp keep/a keep/c").code()).isEqualTo(5);
        assertThat(ok("find keep --where /n=9223372036854775806 -o name")).isEqualTo("keep/c\n");
        assertThat(run("del -r keep").code()).isEqualTo(2);
        assertThat(ok("del -r keep --confirm keep -o name")).isEqualTo("keep/a\nkeep/c\n");
    }

    @Test
    void whatIsTypedIsCompletedAndTheNodeIsWell() throws Exception {
        ok("put", "complete/me", "1");
        ok("put", "complete/me/too", "1");
        assertThat(kvsctl().env("KVSCTL_TIMEOUT", "30s")
                        .run("__complete get complete/m")
                        .out())
                .isEqualTo("complete/me\ncomplete/me/\n:nospace\n");
        Result doctor = run("doctor -o json");
        assertThat(doctor.code()).as(doctor.out()).isIn(0, 7);
        assertThat(JSON.readTree(doctor.out()).get("results").findValuesAsText("check"))
                .doesNotContain("reachable", "configuration");
    }

    @Test
    void aBenchMeasuresAndCleansUp() throws Exception {
        JsonNode report = JSON.readTree(ok("bench --keys 20 --size 50 --clients 4 --duration 300ms", "-o", "json"));
        assertThat(report.at("/operations/0/count").longValue()).isPositive();
        assertThat(report.findValues("errors"))
                .isNotEmpty()
                .allSatisfy(errors -> assertThat(errors.longValue()).isZero());
        assertThat(ok("ls", "-r", "-o", "name")).doesNotContain("bench");
    }

    private String ok(String... words) throws IOException, InterruptedException {
        Result result = run(words);
        assertThat(result.code())
                .as("%s: %s", String.join(" ", words), result.err())
                .isZero();
        return result.out();
    }

    /** Runs with these words; the first may hold several. */
    private Result run(String... words) throws IOException, InterruptedException {
        return kvsctl().run(words);
    }

    private Result shell(String script, Map<String, String> environment) throws IOException, InterruptedException {
        KvsctlProcess kvsctl = kvsctl();
        environment.forEach(kvsctl::env);
        return kvsctl.run(new ProcessBuilder("bash", "-c", "set -o pipefail; " + script));
    }

    private KvsctlProcess kvsctl() {
        return new KvsctlProcess(folder).env("KVSCTL_SERVER", node.url());
    }
}
