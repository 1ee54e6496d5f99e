package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds, and that every finding says what mends it. */
class DoctorTest {
    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @BeforeEach
    void startsANode() {
        node.cluster.join("node-1", node.url());
        node.cluster.openConflicts = 0;
    }

    private Invocation.Result run(String line) {
        return Invocation.at(node).env("XDG_CONFIG_HOME", folder.toString()).run(line);
    }

    /** The one finding of a check. */
    private JsonNode finding(String check) {
        Invocation.Result result = run("doctor -o json");
        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(7);
        JsonNode results = Parsed.json(result.out()).get("results");
        for (JsonNode one : results) {
            if (one.get("check").textValue().equals(check)
                    && one.get("status").textValue().equals("finding")) {
                assertThat(one.get("fix").textValue()).isNotEmpty();
                return one;
            }
        }
        throw new AssertionError("no finding " + check + " in " + results);
    }

    @Test
    void aNodeThatIsWellHasNoFindingsInAnyFormat() {
        Invocation.Result result = run("doctor");
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.err()).contains("Nothing was found.");
        JsonNode all = Parsed.json(run("doctor --all -o json").out());
        assertThat(all.get("findings").intValue()).isZero();
        assertThat(all.get("results").findValuesAsText("check"))
                .contains(
                        "reachable",
                        "mode",
                        "auth",
                        "clock",
                        "divergence",
                        "disk",
                        "audit",
                        "version",
                        "configuration");
        assertThat(Parsed.ndjson(run("doctor --all -o ndjson").out())).allMatch(JsonNode::isObject);
        assertThat(Parsed.yaml(run("doctor --all -o yaml").out())).isInstanceOf(Map.class);
        assertThat(Parsed.table(run("doctor --all -o wide").out())).isNotEmpty();
        assertThat(run("doctor --all -o name").lines()).contains("clock");
    }

    @Test
    void whatIsWrongIsFoundWithWhatMendsIt() {
        node.cluster.result = Comparison.FAILED;
        assertThat(finding("divergence").get("fix").textValue()).isEqualTo("kvsctl sync now -s " + node.url());
        node.cluster.result = Comparison.EQUAL;
        node.cluster.clockAhead = -2_000;
        assertThat(finding("clock").get("detail").textValue()).contains("2000 ms behind");
        assertThat(run("doctor").err()).contains("One finding.");
        node.cluster.clockAhead = 0;
        node.cluster.openConflicts = 2;
        assertThat(finding("conflicts").get("fix").textValue()).contains("conflict list");
        node.cluster.openConflicts = 0;
        node.cluster.rewritten = "hash";
        assertThat(finding("audit").get("fix").textValue()).contains("audit verify");
        node.cluster.rewritten = null;
        node.cluster.mode = "read-only";
        assertThat(finding("mode").get("fix").textValue()).contains("mode set normal");
        node.cluster.mode = "normal";
        node.cluster.join("beta", "http://10.0.0.9:1");
        node.cluster.state("beta", "failed");
        assertThat(finding("members").get("detail").textValue()).contains("beta at 10.0.0.9:1 is failed");
        node.metrics = "# HELP x\nkvs_tables_bytes 1.0E9\nkvs_tables_fill_percent{a=\"b\"} 12.0\n";
        assertThat(finding("disk").get("fix").textValue()).startsWith("kvsctl compact");
        node.health = node.health.replace("\"status\":\"ok\"}", "\"status\":\"down\",\"detail\":\"full\"}");
        assertThat(finding("storage").get("detail").textValue()).isEqualTo("full");
        node.refuse("/auth/whoami", ErrorCode.UNAUTHORIZED);
        assertThat(finding("auth").get("fix").textValue()).contains("kvsctl login USER");
    }

    @Test
    void aTokenThatSoonExpiresIsAFinding() throws IOException {
        Invocation invocation = Invocation.at(node).env("KVSCTL_TOKEN", "x.y.z");
        node.access.expiresAt =
                System.currentTimeMillis() + Duration.ofMinutes(9).toMillis();
        assertThat(invocation.run("doctor -o json").out())
                .contains("\"check\":\"auth\",\"status\":\"finding\"", "expires in 8 min", "kvsctl login ada");
        // A login gives an hour: it must not be a finding from the start.
        node.access.expiresAt =
                System.currentTimeMillis() + Duration.ofMinutes(50).toMillis();
        assertThat(invocation.run("doctor").code()).isZero();
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void severalNodesAreCompared() throws IOException {
        try (ScriptedNode other = new ScriptedNode()) {
            other.cluster.openConflicts = 0;
            other.cluster.config("sync_interval", "\"1m\"");
            other.health = other.health.replace("1.0.0", "1.1.0").replace("node-1", "node-2");
            Invocation.Result result = run("doctor -o json -s " + node.url() + "," + other.url());
            assertThat(result.code()).isEqualTo(7);
            List<String> findings = Parsed.json(result.out()).get("results").findValuesAsText("detail");
            assertThat(findings)
                    .anyMatch(detail -> detail.contains("1.1.0"))
                    .anyMatch(detail -> detail.equals("differs in sync_interval"));
        }
        Invocation.Result dead = run("doctor -s " + node.url() + ",http://127.0.0.1:1");
        assertThat(dead.code()).isEqualTo(7);
        assertThat(dead.out()).contains("reachable\tfinding\thttp://127.0.0.1:1");
        assertThat(run("doctor -s http://127.0.0.1:1").code()).isEqualTo(6);
    }

    @Test
    void whatMayNotBeLookedAtIsNoFinding() {
        node.refuse("/admin/config", ErrorCode.FORBIDDEN);
        node.refuse("/audit/_verify", ErrorCode.FORBIDDEN);
        Invocation.Result result = run("doctor -o json");
        assertThat(result.code()).isZero();
        assertThat(Parsed.json(result.out()).get("results").findValuesAsText("status"))
                .containsExactly("skipped", "skipped");
    }

    @Test
    void theConsoleIsOpenedOrItsAddressPrinted() throws IOException {
        assertThat(run("open").out()).isEqualTo(node.url() + "/ui\n");
        Path opened = folder.resolve("opened");
        Invocation.Result result = Invocation.at(node)
                .env("BROWSER", "echo > " + opened)
                .onTerminal()
                .run("open");
        assertThat(result.code()).isZero();
        assertThat(Files.readString(opened)).isEqualTo(node.url() + "/ui\n");
        assertThat(Invocation.at(node)
                        .env("BROWSER", "false")
                        .onTerminal()
                        .run("open")
                        .code())
                .isEqualTo(1);
        assertThat(Invocation.at(node).onTerminal().run("open --print").code()).isZero();
    }
}
