package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of the shell: its words, its places, its own commands and how it ends. */
class ShellTest {
    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    private Invocation.Result script(String lines) {
        return script(lines, "");
    }

    private Invocation.Result script(String lines, String flags) {
        return Invocation.at(node)
                .env("XDG_CONFIG_HOME", folder.toString())
                .input(lines)
                .run("shell " + flags);
    }

    @Test
    void jsonPassesThroughAsItIsTypedAlsoOverSeveralLines() {
        Invocation.Result result = script("""
            # a comment with an open {
            put a {"name": "Ada \\" }", "n": 9223372036854775807, "f": 1.50}
            put 'a b/ü' "text with 'quotes'"
            put c [1,
              {"x": [2]}
            ]
            put d\\ e -5 --ttl 1h

            get d\\ e
            """);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(node.store.text("a"))
                .isEqualTo("{\"name\": \"Ada \\\" }\", \"n\": 9223372036854775807, \"f\": 1.50}");
        assertThat(node.store.text("a b/ü")).isEqualTo("\"text with 'quotes'\"");
        assertThat(node.store.text("c")).isEqualTo("[1,\n  {\"x\": [2]}\n]");
        assertThat(result.lines().getLast()).isEqualTo("-5");
    }

    @Test
    void keysCountFromThePlaceOn() throws IOException {
        node.store.seed("users/ada", "1");
        node.store.seed("users/teams/red", "2");
        node.store.seed("top", "3");
        Path document = Files.writeString(folder.resolve("one.json"), "1");
        Invocation.Result result = script("""
            cd users
            pwd
            get ada
            get /top
            get ../top
            ls -o name
            cd teams
            find -o name
            cp red /copy -q
            cd ..
            diff ada @%s
            cd /
            pwd
            """.formatted(document));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.lines())
                .containsExactly("/users", "1", "3", "3", "users/ada", "users/teams", "users/teams/red", "/");
        assertThat(node.store.text("copy")).isEqualTo("2");
        assertThat(script("cd users//x\nget ada\n").out()).isEmpty();
        assertThat(script("cd _x\n").code()).isEqualTo(2);
    }

    @Test
    void aScriptGoesOnOrStopsAndSaysHowItEnded() throws IOException {
        node.store.seed("a", "1");
        Invocation.Result partly = script("get nothing\nget a\n");
        assertThat(partly.code()).isEqualTo(8);
        assertThat(partly.out()).isEqualTo("1\n");
        assertThat(partly.err()).contains("-:1 ended with 3");
        assertThat(script("get nothing\nnonsense\n").code()).isEqualTo(3);
        Invocation.Result stopped = script("get a\nput a 1 --if-absent\nget a\n", "--stop-on-error");
        assertThat(stopped.code()).isEqualTo(5);
        assertThat(stopped.out()).isEqualTo("1\n");
        assertThat(script("get a\nexit\nget a\n").out()).isEqualTo("1\n");
        assertThat(script("").code()).isZero();
        Path file = Files.writeString(folder.resolve("batch.kvs"), "get a\n");
        assertThat(script("get nothing\n", "-f " + file).out()).isEqualTo("1\n");
        assertThat(script("", "-f /does/not/exist").code()).isEqualTo(2);
        Invocation.Result open = script("get a\nput b {\n");
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.err()).contains("-:2");
        assertThat(script("shell\n").code()).isEqualTo(2);
        assertThat(script("get a\n", "--token-file -").code()).isEqualTo(2);
    }

    @Test
    void whatTheShellWasToldCountsForEveryLine() {
        node.store.seed("a", "{\"x\":1}");
        Invocation.Result result = Invocation.at(node)
                .env("KVSCTL_SERVER", "http://127.0.0.1:1")
                .input("get a\nget a -o raw\n\\x\nget a\n\\x off\nget a\n")
                .run("shell -s " + node.url() + " -o json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .isEqualTo("{\"x\":1}\n{\"x\":1}Expanded display is on.\nx: 1\nExpanded display is off.\n{\"x\":1}\n");
    }

    @Test
    void theShellsOwnCommandsDoWhatTheySay() throws IOException {
        node.store.seed("a", "1");
        Path file = folder.resolve("out");
        assertThat(script("\\help\n").out()).contains("\\timing", "\\watch", "history");
        Invocation.Result timed = script("\\timing\nget a\n\\timing off\nget a\n");
        assertThat(timed.err()).containsPattern("^Time: [0-9.]+ ms\n$");
        assertThat(script("\\o " + file + "\nget a\n\\o\nget a\n").out()).isEqualTo("1\n");
        assertThat(Files.readString(file)).isEqualTo("1\n");
        assertThat(script("\\! echo here; exit 0\n").out()).isEqualTo("here\n");
        assertThat(script("\\!exit 3\n").code()).isEqualTo(1);
        assertThat(script("\\nonsense\n").code()).isEqualTo(2);
        assertThat(script("\\watch\n").code()).isEqualTo(2);
        Invocation.Result watched = script("\\watch 0 del a --if-match 01920000-0000-7000-0000-000000000001\n");
        assertThat(watched.code()).isEqualTo(5);
        assertThat(node.requests)
                .filteredOn(request -> request.startsWith("DELETE"))
                .hasSize(2);
    }

    @Test
    void anotherContextCountsFromThenOn() throws IOException {
        try (ScriptedNode other = new ScriptedNode()) {
            other.store.seed("who", "\"other\"");
            Invocation contexts = new Invocation().env("XDG_CONFIG_HOME", folder.toString());
            contexts.run("context set other -s " + other.url());
            Invocation.Result result = new Invocation()
                    .env("XDG_CONFIG_HOME", folder.toString())
                    .input("get who\n\\c other\nget who\n\\c nowhere\nget who\n")
                    .run("shell --retries 0 -s " + node.url());
            assertThat(result.err()).contains("-:1 ended with 3", "-:4 ended with 3");
            assertThat(result.lines())
                    .startsWith("NAME\tCURRENT\tSERVER\tPROTECTED")
                    .endsWith("\"other\"");
            assertThat(result.lines()).filteredOn("\"other\""::equals).hasSize(2);
        }
    }
}
