package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shells of the system are told. */
class CompletionTest {
    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @BeforeEach
    void startsANode() {
        for (String key :
                List.of("users/ada", "users/ada/mail", "users/bob", "use", "zeta", "a b/c", "h:1", "n/9", "n/10")) {
            node.store.seed(key, "1");
        }
    }

    private List<String> complete(String line) {
        Invocation.Result result = Invocation.at(node)
                .env("XDG_CONFIG_HOME", folder.toString())
                .env("KVSCTL_TIMEOUT", "1m")
                .run("__complete " + line);
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        return result.lines();
    }

    /** As {@link #complete}, with an empty word at the cursor. */
    private List<String> completeNext(String line) {
        return complete(line + " ''");
    }

    @Test
    void commandsAreCompleted() {
        assertThat(complete("ge")).containsExactly("get");
        assertThat(completeNext("")).contains("get", "members", "help").doesNotContain("__complete");
        assertThat(completeNext("members")).containsExactly("list", "show", "join", "leave");
        assertThat(complete("-o json me")).containsExactly("members", "merkle", "metrics");
        assertThat(completeNext("help")).contains("scripting", "get");
        assertThat(complete("nonsense x")).isEmpty();
        assertThat(node.requests).isEmpty();
    }

    /** A flag in front of the command leads through its whole model. */
    @Test
    void theShortWayToAKeyEndsWhereTheLongOneDoes() {
        for (String command : completeNext("")) {
            for (String typed : List.of("us", "''", "users/", "-", "--o")) {
                assertThat(complete(command + " " + typed))
                        .as("%s %s", command, typed)
                        .isEqualTo(complete("-o json " + command + " " + typed));
            }
        }
    }

    @Test
    void flagsAreCompletedWithWhatTheyDo() {
        assertThat(complete("put --if")).anyMatch(line -> line.startsWith("--if-absent\tOnly when"));
        assertThat(complete("get --pretty")).isEmpty();
        assertThat(complete("get -- --if")).isEmpty();
        assertThat(complete("get -o js")).containsExactly("json");
        assertThat(complete("get --output=nd")).containsExactly("--output=ndjson");
        assertThat(complete("put --ttl 1")).isEmpty();
        assertThat(complete("get --token-file x")).containsExactly(":files");
        assertThat(complete("import x")).containsExactly(":files");
    }

    @Test
    void keysAreCompletedASegmentAtATime() {
        assertThat(complete("get us")).containsExactly("use", "users/", ":nospace");
        assertThat(complete("get users/")).containsExactly("users/ada", "users/ada/", "users/bob", ":nospace");
        assertThat(complete("get users/b")).containsExactly("users/bob");
        assertThat(complete("get users/x")).isEmpty();
        assertThat(completeNext("ls -l")).contains("users/", "zeta");
        assertThat(complete("cp users/ada z")).containsExactly("zeta");
        assertThat(complete("del zeta us")).contains("use");
        assertThat(complete("get h:")).containsExactly("h:1");
        assertThat(complete("get n/10")).as("before a 0 comes a slash").containsExactly("n/10");
        node.requests.clear();
        complete("get users/bo");
        assertThat(node.requests)
                .hasSize(1)
                .allMatch(request -> request.contains("limit=100") && request.contains("after="));
    }

    @Test
    void contextsAndMembersAreCompleted() {
        node.cluster.join("alpha", node.url());
        node.cluster.join("beta", "http://10.0.0.1:1");
        assertThat(complete("members show b")).containsExactly("beta");
        Invocation.at(node).env("XDG_CONFIG_HOME", folder.toString()).run("context set staging -s " + node.url());
        assertThat(completeNext("context use")).containsExactly("staging");
        assertThat(complete("get -c st")).containsExactly("staging");
        Invocation.Result there =
                new Invocation().env("XDG_CONFIG_HOME", folder.toString()).run("__complete get -c staging zet");
        assertThat(there.lines()).containsExactly("zeta");
    }

    @Test
    void itIsSilentWhenNothingCanBeFoundOut() {
        assertThat(complete("get -s http://127.0.0.1:1 us")).isEmpty();
        assertThat(complete("get -s nonsense us")).isEmpty();
        assertThat(complete("get -c nowhere us")).isEmpty();
        assertThat(complete("get a//")).isEmpty();
        assertThat(complete("get --token-file /does/not/exist us")).isEmpty();
    }
}
