package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.wire.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at a cluster: every format, and every exit code that is theirs. */
class ClusterCommandsTest {
    private static final String CONFLICT = "01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f";

    @AutoClose
    private final ScriptedNode alpha = new ScriptedNode();

    @AutoClose
    private final ScriptedNode beta = new ScriptedNode();

    @BeforeEach
    void startsTwoNodes() {
        alpha.cluster.join("alpha", alpha.url());
        alpha.cluster.join("beta", beta.url());
        beta.cluster.join("alpha", alpha.url());
        beta.cluster.join("beta", beta.url());
    }

    private Invocation.Result run(String line) {
        return Invocation.at(alpha).run(line.replace("BOTH", alpha.url() + "," + beta.url()));
    }

    private String ok(String line) {
        Invocation.Result result = run(line);
        assertThat(result.code()).as(line + "\n" + result.err()).isZero();
        return result.out();
    }

    @Test
    void aBrokenAuditLogIsAFinding() {
        assertThat(ok("audit verify -o json")).contains("\"ok\":true").contains("\"findings\":[]");
        alpha.cluster.rewritten = "the hash of block 2 does not fit";
        Invocation.Result result = run("audit verify -o json");
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.out()).contains("does not fit").contains("\"witness\":\"beta\"");
    }

    @Test
    void theNewestEntryOfAnAuditLogStandsAtTheEnd() {
        String lines = ok("audit tail -o ndjson");
        assertThat(lines.indexOf("refused")).isBetween(0, lines.indexOf("put"));
        assertThat(run("audit search --limit 0").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "members list",
                "members show beta",
                "members join http://10.0.0.1:8080/",
                "members leave --yes",
                "sync status",
                "sync now",
                "merkle root -s BOTH",
                "merkle diff -s BOTH",
                "wait --members 2 --converged",
                "conflict list",
                "conflict list --key users/ada --since 2026-01-31T12:00:00Z --open",
                "conflict show " + CONFLICT,
                "conflict explain users/ada",
                "explain users/ada",
                "conflict seed demo/color --same-timestamp",
                "mode get -s BOTH",
                "mode set read-only",
                "config show",
                "config show port",
                "config diff -s BOTH",
                "audit tail -n 2",
                "audit search --actor ada --key users/ --kind put --since 2026-01-31T12:00:00Z --limit 5",
                "audit verify"
            })
    void everyCommandSpeaksEveryFormat(String command) {
        assertThat(Parsed.json(ok("-o json " + command)).isObject()).isTrue();
        assertThat(Parsed.ndjson(ok(command + " -o ndjson"))).allMatch(JsonNode::isContainerNode);
        assertThat(Parsed.yaml(ok("-o yaml " + command))).isInstanceOf(Map.class);
        assertThat(Parsed.json(ok("-o raw " + command)).isObject()).isTrue();
        assertThat(Parsed.table(ok("-o table " + command))).isNotNull();
        assertThat(Parsed.table(ok("-o wide " + command))).isNotNull();
        assertThat(ok("-o name " + command)).doesNotContain("\t").doesNotContain("{");
        assertThat(ok(command + " --help")).contains("Example");
    }

    @Test
    void aNodeThatIsNotLetInIsAFinding() {
        assertThat(Parsed.json(ok("members join 10.0.0.1:8080 -o json"))
                        .get("address")
                        .textValue())
                .isEqualTo("10.0.0.1:8080");
        alpha.cluster.covered = false;
        assertThat(run("members join http://10.0.0.1:8080").code()).isEqualTo(7);
        assertThat(run("members join 10.0.0.1:8080 -s BOTH").code()).isEqualTo(2);
    }

    @Test
    void withoutTheNodesProgramNothingIsValidated() {
        Invocation.Result result =
                Invocation.at(alpha).env("KVSCTL_NODE_PROGRAM", "/nowhere/kvs").run("config validate config.yaml");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("/nowhere/kvs").contains("KVSCTL_NODE_PROGRAM");
    }

    @Test
    void membersThatFailAreAFinding() {
        assertThat(Parsed.table(ok("members list")))
                .extracting(row -> row.get("ID"))
                .containsExactly("alpha", "beta");
        alpha.cluster.state("beta", "failed");
        assertThat(run("members list").code()).isEqualTo(7);
        assertThat(run("members show gamma").code()).isEqualTo(3);
    }

    @Test
    void leavingIsDoneOnlyWhenItIsMeantAndToOneNode() {
        assertThat(run("members leave").code()).isEqualTo(2);
        assertThat(run("members leave --yes -s BOTH").code()).isEqualTo(2);
        assertThat(alpha.requests).isEmpty();
        assertThat(ok("members leave --yes -o json")).contains("\"covered_by\":\"beta\"");
        alpha.cluster.covered = false;
        assertThat(run("members leave --yes").code()).isEqualTo(7);
    }

    @Test
    void comparisonsThatDidNotEndWellAreAFinding() {
        alpha.cluster.result = "different";
        assertThat(run("sync now").code()).isEqualTo(7);
        assertThat(run("sync status").code()).isZero();
        alpha.cluster.result = "failed";
        assertThat(run("sync status").code()).isEqualTo(7);
    }

    @Test
    void treesAreWalkedToTheHashesThatDiffer() {
        alpha.cluster.winner(0x1234, "aaaaaaaaaaaaaaaa", 1, 1_790_000_000_000L);
        beta.cluster.winner(0x1234, "aaaaaaaaaaaaaaaa", 2, 1_790_000_000_001L);
        beta.cluster.winner(0xffff, "bbbbbbbbbbbbbbbb", 3, 1_790_000_000_002L);
        Invocation.Result result = run("merkle diff -o ndjson -s BOTH");
        assertThat(result.code()).isEqualTo(7);
        List<JsonNode> found = Parsed.ndjson(result.out());
        assertThat(found)
                .extracting(node -> node.get("key_hash").textValue())
                .containsExactly("1234aaaaaaaaaaaaaaaa", "ffffbbbbbbbbbbbbbbbb");
        assertThat(found)
                .extracting(node -> node.get("difference").textValue())
                .containsExactly("differs", "only_second");
        assertThat(found).extracting(node -> node.get("newer").textValue()).containsExactly("second", "second");
        assertThat(run("merkle root -s BOTH").code()).isEqualTo(7);
        assertThat(run("merkle diff").code()).isEqualTo(2);
    }

    @Test
    void aDifferenceInTheSystemKeyspaceIsAFindingThoughItIsNotListed() {
        assertThat(run("merkle diff -s BOTH").code()).isZero();
        beta.cluster.systemRoot = "00000000000000ff";
        assertThat(ok("merkle root")).contains("SYSTEM_ROOT");
        assertThat(run("merkle root -s BOTH").code()).isEqualTo(7);
        Invocation.Result result = run("merkle diff -s BOTH");
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.err()).contains("What the cluster keeps about itself differs");
    }

    @Test
    void waitingEndsWhenTheTimeIsOver() {
        assertThat(run("wait").code()).isEqualTo(2);
        assertThat(run("wait --members 0").code()).isEqualTo(2);
        Invocation.Result result = run("wait --members 3 --timeout 2s");
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("2 of 3 members are alive");
        alpha.cluster.lag = 4;
        assertThat(run("wait --converged --timeout 2s").err()).contains("beta lacks 4 versions");
    }

    @Test
    void aSeededConflictNamesTheWinnerToExpectAndWhy() {
        JsonNode same = Parsed.json(ok("conflict seed demo/color --values 1,2 --same-timestamp -o json"))
                .get("conflicts")
                .get(0);
        assertThat(same.get("origin").textValue()).isEqualTo("alpha");
        assertThat(same.get("value").textValue()).isEqualTo("1");
        assertThat(same.get("why").textValue()).contains("alpha is older than beta");
        JsonNode later = Parsed.json(ok("conflict seed demo/color --values 1,2 --nodes alpha,beta -o json"))
                .get("conflicts")
                .get(0);
        assertThat(later.get("origin").textValue()).isEqualTo("beta");
        assertThat(later.get("why").textValue()).contains("later");
        assertThat(Parsed.table(ok("conflict seed many --count 3")))
                .extracting(row -> row.get("KEY"))
                .containsExactly("many-1", "many-2", "many-3");
        assertThat(run("conflict seed k --values 1").code()).isEqualTo(2);
        assertThat(run("conflict seed k --values 1,2,3").code()).isEqualTo(2);
        assertThat(run("conflict seed k --values nonsense").code()).isEqualTo(2);
        assertThat(run("conflict seed k --nodes alpha,gamma").code()).isEqualTo(2);
        beta.refuse("/conflicts/_seed", ErrorCode.FORBIDDEN);
        assertThat(run("conflict seed k").code()).isEqualTo(4);
    }

    @Test
    void anExplanationIsToldStepByStep() {
        List<Map<String, String>> steps = Parsed.table(ok("explain users/ada"));
        assertThat(steps.getFirst()).containsEntry("STEP", "1").containsEntry("TEXT", "It was so.");
        assertThat(steps.getLast().get("TEXT")).contains("curl -X POST");
        assertThat(run("explain nothing").code()).isEqualTo(3);
        assertThat(run("conflict show 00000000-0000-0000-0000-000000000000").code())
                .isEqualTo(3);
    }

    @Test
    void configurationsThatDifferAreAFinding() {
        ok("config diff -s BOTH");
        beta.cluster.config("sync_interval", "\"1m\"");
        Invocation.Result result = run("config diff -o json -s BOTH");
        assertThat(result.code()).isEqualTo(7);
        JsonNode row = Parsed.json(result.out()).get("differences").get(0);
        assertThat(row.get("setting").textValue()).isEqualTo("sync_interval");
        assertThat(row.get(beta.url()).textValue()).isEqualTo("1m");
        assertThat(run("config diff").code()).isEqualTo(2);
        assertThat(run("config show nothing").code()).isEqualTo(3);
    }

    @Test
    void modesAreCheckedBeforeAnythingIsSent() {
        assertThat(run("mode set syncing").code()).isEqualTo(2);
        assertThat(run("mode set normal --dry-run").code()).isZero();
        assertThat(alpha.requests).isEmpty();
        ok("mode set read-only");
        assertThat(Parsed.table(ok("mode get")).getFirst()).containsEntry("MODE", "read-only");
    }

    @Test
    void aGroupAloneNamesItsCommands() {
        Invocation.Result result = run("members");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("members list").contains("members leave");
        assertThat(ok("help members")).contains("list").contains("show");
        assertThat(run("members nonsense").code()).isEqualTo(2);
    }
}
