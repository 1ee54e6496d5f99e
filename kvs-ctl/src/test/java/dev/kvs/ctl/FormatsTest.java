package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command in every format, through a parser of that format. */
class FormatsTest {
    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    private UUID first;

    @BeforeEach
    void startsANode() {
        first = node.store.seed("users/ada", "{\"big\": 9007199254740993, \"s\":\"x\\ty\", \"f\":1.00}");
        node.store.seed("users/bob", "[1,2]");
        node.store.seed("users/teams/red", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get users/ada",
                "get users/ada --with-metadata",
                "put users/new {}",
                "ls users",
                "ls users -l",
                "ls -r",
                "ls nothing/here",
                "history users/ada",
                "restore users/ada FIRST",
                "del users/bob users/ada",
                "ls --tree",
                "find users",
                "find --name 'a*' --where /big",
                "touch users/ada users/bob",
                "cp users/ada users/copy --overwrite",
                "cp -r users staff --overwrite",
                "status",
                "version",
                "bench --keys 3 --size 10 --clients 2 --duration 20ms"
            })
    void everyCommandSpeaksEveryFormat(String command) {
        String line = command.replace("FIRST", first.toString());
        assertThat(Parsed.json(ok("-o json " + line)).isContainerNode()).isTrue();
        assertThat(Parsed.ndjson(ok(line + " -o ndjson"))).allMatch(JsonNode::isContainerNode);
        assertThat(Parsed.yaml(ok("-o yaml " + line))).isInstanceOf(Map.class);
        assertThat(Parsed.json(ok("-o raw " + line)).isContainerNode()).isTrue();
        assertThat(ok("-o raw " + line)).doesNotEndWith("\n");
        assertThat(Parsed.table(ok("-o table " + line))).isNotNull();
        assertThat(Parsed.table(ok("-o wide " + line))).isNotNull();
        assertThat(ok("-o name " + line)).doesNotContain("\t").doesNotContain("{");
    }

    private String ok(String line) {
        Invocation.Result result = Invocation.at(node).run(line);
        assertThat(result.code()).as(line + "\n" + result.err()).isZero();
        return result.out();
    }

    @Test
    void aPipeGetsTheDocumentAsStored() {
        assertThat(ok("get users/ada")).isEqualTo("{\"big\": 9007199254740993, \"s\":\"x\\ty\", \"f\":1.00}\n");
        assertThat(ok("get users/ada -o raw")).isEqualTo("{\"big\": 9007199254740993, \"s\":\"x\\ty\", \"f\":1.00}");
        assertThat(ok("get users/ada -o json")).isEqualTo("{\"big\": 9007199254740993, \"s\":\"x\\ty\", \"f\":1.00}\n");
    }

    @Test
    void numbersKeepTheirSpellingInEveryFormat() {
        assertThat(ok("get users/ada -o yaml"))
                .contains("big: 9007199254740993\n")
                .contains("f: 1.00\n");
        assertThat(ok("get users/ada -o ndjson")).isEqualTo("{\"big\":9007199254740993,\"s\":\"x\\ty\",\"f\":1.00}\n");
        assertThat(ok("get users/ada --with-metadata -o json")).contains("\"f\":1.00");
    }

    @Test
    void aPointerPicksAPartOfTheDocument() {
        assertThat(ok("get users/ada --pointer /f")).isEqualTo("1.00\n");
        assertThat(ok("get users/bob --pointer /1 -o yaml")).isEqualTo("2\n");
        assertThat(ok("ls users -o ndjson --pointer /subkey")).isEqualTo("\"ada\"\n\"bob\"\n\"teams\"\n");
        assertThat(ok("ls users -o json --pointer /children/1/key")).isEqualTo("\"users/bob\"\n");
        assertThat(ok("ls users -o yaml --pointer /path")).isEqualTo("users\n");
        assertThat(ok("status --pointer /mode")).isEqualTo("\"normal\"\n");
    }

    @Test
    void aTerminalGetsAlignedColumnsAndIndentedDocuments() {
        Invocation.Result listing = Invocation.at(node).onTerminal().run("ls users --color never");
        assertThat(listing.lines().getFirst()).matches("SUBKEY  DIRECTORY  TIMESTAMP");
        assertThat(listing.lines().get(1)).startsWith("ada     false      2026-09-21T");
        Invocation.Result document = Invocation.at(node).onTerminal().run("get users/bob --color never");
        assertThat(document.out()).isEqualTo("[\n  1,\n  2\n]\n");
    }

    @Test
    void colourFollowsTheFlagThenNoColorThenTheTerminal() {
        String escape = "\u001b[";
        assertThat(Invocation.at(node).onTerminal().run("ls users").out()).contains(escape);
        assertThat(Invocation.at(node)
                        .onTerminal()
                        .env("NO_COLOR", "1")
                        .run("ls users")
                        .out())
                .doesNotContain(escape);
        assertThat(Invocation.at(node)
                        .onTerminal()
                        .env("TERM", "dumb")
                        .run("ls users")
                        .out())
                .doesNotContain(escape);
        assertThat(Invocation.at(node).run("ls users").out()).doesNotContain(escape);
        assertThat(Invocation.at(node)
                        .env("NO_COLOR", "1")
                        .run("ls users --color always")
                        .out())
                .contains(escape);
    }

    @Test
    void aPipeGetsTheNameOfEveryKeyAsItIs() {
        String key = "odd/\u202e\u2028\ufeffx";
        node.store.seed(key, "1");
        for (String line : List.of("find odd -o name", "get '" + key + "' -o name")) {
            assertThat(ok(line)).isEqualTo(key + "\n");
            assertThat(Invocation.at(node).onTerminal().run(line).out()).isEqualTo("odd/\\u202e\\u2028\\ufeffx\n");
        }
    }

    @Test
    void aStoredTextCannotSteerTheTerminal() {
        node.store.seed("evil", "\"\u009b31m\u202e\"");
        assertThat(Invocation.at(node)
                        .onTerminal()
                        .run("get evil --color never")
                        .out())
                .isEqualTo("\"\\u009b31m\\u202e\"\n");
        assertThat(ok("get evil")).isEqualTo("\"\u009b31m\u202e\"\n");
    }

    @Test
    void headersCanBeLeftOut() {
        assertThat(ok("ls users --no-headers").lines()).hasSize(3).noneMatch(line -> line.contains("SUBKEY"));
    }

    @Test
    void quietLeavesOutConfirmationsButNotAnswers() {
        assertThat(ok("put users/q 1 -q")).isEmpty();
        assertThat(ok("del users/q -q")).isEmpty();
        assertThat(ok("get users/bob -q")).isEqualTo("[1,2]\n");
    }
}
