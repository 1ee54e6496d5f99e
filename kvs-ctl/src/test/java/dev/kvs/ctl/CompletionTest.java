package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shells of the system are told, and what bash makes of it. */
class CompletionTest {
    @TempDir
    Path folder;

    private ScriptedNode node;

    @BeforeEach
    void startsANode() throws IOException {
        node = new ScriptedNode();
        for (String key : List.of("users/ada", "users/ada/mail", "users/bob", "use", "zeta", "a b/c", "h:1")) {
            node.store.seed(key, "1");
        }
    }

    @AfterEach
    void stopsIt() {
        node.close();
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

    @Test
    void bashCompletesWithTheScript() throws Exception {
        Path program = folder.resolve("kvsctl");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' dev.kvs.ctl.Kvsctl \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(bash("kvsctl get users/b", "users/b")).containsExactly("users/bob");
        assertThat(bash("kvsctl get a", "a")).containsExactly("a\\ b/");
        assertThat(bash("kvsctl get a\\ b/", "a\\ b/")).containsExactly("a\\ b/c");
        assertThat(bash("kvsctl get h:", ":")).containsExactly(":1");
        assertThat(bash("kvsctl -s " + node.url() + " members ", "")).contains("list", "leave");
    }

    /** The answers for a line with the cursor at its end; {@code current} is what bash takes for the word there. */
    private List<String> bash(String line, String current) throws IOException, InterruptedException {
        String script = "complete() { :; }; compopt() { :; }; eval \"$(kvsctl completion bash)\"\n"
                + "COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=(kvsctl \"$2\") COMP_CWORD=1\n"
                + "_kvsctl; printf '%s\\n' \"${COMPREPLY[@]}\"";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script, "bash", line, current);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("KVSCTL_SERVER", node.url());
        builder.environment().put("KVSCTL_TIMEOUT", "1m");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process bash = builder.redirectErrorStream(true).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out.lines().toList();
    }
}
