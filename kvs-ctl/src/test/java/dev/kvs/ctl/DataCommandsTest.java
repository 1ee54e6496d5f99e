package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Editing, comparing, finding, copying, moving and deleting by prefix. */
class DataCommandsTest {
    private static final String TYPED = "{\"n\": 9223372036854775807,\"f\":1.50,\"s\":\"t\\u009ab\"}";

    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    private Invocation.Result run(String line) {
        return Invocation.at(node).run(line);
    }

    private Invocation.Result edit(String script) {
        return Invocation.at(node).env("EDITOR", script).run("edit a");
    }

    @Test
    void anEditedDocumentIsStoredUnlessSomebodyElseChangedIt() throws IOException {
        UUID first = node.store.seed("a", TYPED);
        assertThat(edit("true").err()).contains("Nothing was changed");
        assertThat(node.requests).noneMatch(request -> request.startsWith("PUT"));
        Invocation.Result result = edit("sed -i s/1.50/1.75/");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("- /f 1.50\n+ /f 1.75\n").doesNotContain("/n");
        assertThat(node.store.text("a")).isEqualTo("{\"n\":9223372036854775807,\"f\":1.75,\"s\":\"t\\u009ab\"}");
        Path other = Files.writeString(folder.resolve("other"), "5");
        Invocation.Result stale =
                edit("curl -sS -X PUT --data-binary @" + other + " '" + node.url() + "/kv/a?raw'; sed -i s/1.75/2/");
        assertThat(stale.code()).as(stale.err()).isEqualTo(5);
        assertThat(node.store.text("a")).isEqualTo("5");
        assertThat(Files.readString(kept(stale.err()))).contains("\"f\": 2");
        assertThat(first).isNotNull();
    }

    @Test
    void whatAnEditorLeavesBesideTheTextIsNoFailure() throws IOException {
        node.store.seed("a", "1");
        Path script = Files.writeString(folder.resolve("editor"), "#!/bin/sh\necho 2 > \"$1\"; cp \"$1\" \"$1~\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Invocation.Result result =
                Invocation.at(node).env("EDITOR", script.toString()).run("edit a");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(node.store.text("a")).isEqualTo("2");
        Path left = Path.of(result.err().replaceAll("(?s).*files are left in (\\S+)\\.\n.*", "$1"));
        assertThat(left.resolve("document.json~")).hasContent("2");
    }

    private static Path kept(String err) {
        return Path.of(err.replaceAll("(?s).*the text is in (\\S+?document\\.json).*", "$1"));
    }

    @Test
    void whatIsEditedIntoSomethingElseThanJsonIsKeptAndNotSent() throws IOException {
        node.store.seed("a", "[\n 1\n]");
        Invocation.Result broken = edit("sed -i s/1/{/");
        assertThat(broken.code()).isEqualTo(2);
        assertThat(Files.readString(kept(broken.err()))).isEqualTo("[\n  {\n]\n");
        Invocation.Result failed = edit("false");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("EDITOR");
        assertThat(node.requests).noneMatch(request -> request.startsWith("PUT"));
        assertThat(Invocation.at(node)
                        .env("EDITOR", "sed -i s/1/7/")
                        .run("edit a --dry-run")
                        .err())
                .contains("+ /0 7");
        assertThat(edit("sed -i s/1/2/").code()).isZero();
        assertThat(node.store.text("a")).isEqualTo("[\n  2\n]");
    }

    @Test
    void aDifferenceIsShownPlaceByPlaceAndIsAFinding() throws IOException {
        node.store.seed("a", "{\"x/y\":[1,2],\"same\":1.0,\"gone\":{}}");
        node.store.seed("a", "{\"same\":1.0, \"x/y\":[1,3,4]}");
        Invocation.Result result = run("diff a");
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("- /x~1y/1 2\n+ /x~1y/1 3\n- /gone {}\n+ /x~1y/2 4\n");
        JsonNode changes = Parsed.json(run("diff a -o json").out()).get("changes");
        assertThat(changes.findValuesAsText("change")).containsExactly("changed", "removed", "added");
        assertThat(changes.get(0).get("to").intValue()).isEqualTo(3);
        assertThat(Parsed.table(run("diff a -o table").out())).hasSize(3);
        assertThat(Parsed.yaml(run("diff a -o yaml").out())).isInstanceOf(Map.class);
        assertThat(run("diff a -o name").lines()).containsExactly("/x~1y/1", "/gone", "/x~1y/2");
        node.store.seed("b", "{ \"x/y\":[1,3,4],\"same\":1.0}");
        assertThat(run("diff a b").code()).isZero();
        assertThat(Invocation.at(node).input("{\"same\":1.00}").run("diff b -").out())
                .contains("- /same 1.0\n+ /same 1.00\n");
        Path file = Files.writeString(folder.resolve("f"), "[");
        assertThat(run("diff b @" + file).code()).isEqualTo(2);
        assertThat(run("diff a --at " + (ScriptedStore.FIRST_TIMESTAMP + 1)).out())
                .contains("- /gone {}");
    }

    @Test
    void keysAreFoundByNameTimeAndContent() {
        node.store.seed("u/ada", "{\"state\":\"open\",\"n\":1}");
        node.store.seed("u/bob/x", "{\"state\": \"shut\"}");
        node.store.seed("v", "[]");
        assertThat(run("find -o name").lines()).containsExactly("u/ada", "u/bob/x", "v");
        assertThat(run("find u --name 'a*' -o name").lines()).containsExactly("u/ada");
        assertThat(run("find --name '{x,v}' -o name").lines()).containsExactly("u/bob/x", "v");
        assertThat(run("find --where /state -o name").lines()).containsExactly("u/ada", "u/bob/x");
        assertThat(run("find --where '/state=\"shut\"' -o name").lines()).containsExactly("u/bob/x");
        assertThat(run("find --where '=[ ]' -o name").lines()).containsExactly("v");
        assertThat(run("find --limit 1 -o name").lines()).containsExactly("u/ada");
        assertThat(run("find --newer 1d -o name").lines().size()
                        + run("find --older 1d -o name").lines().size())
                .isEqualTo(3);
        assertThat(run("find --expires-within 1d -o name").out()).isEmpty();
    }

    @Test
    void aTreeIsDrawn() {
        List.of("a/b/c", "a/b/d", "a/x", "z").forEach(key -> node.store.seed(key, "1"));
        assertThat(run("ls --tree").out()).isEqualTo("a/\n  b/\n    c\n    d\n  x\nz\n");
        assertThat(run("ls --tree a/b").out()).isEqualTo("c\nd\n");
        assertThat(run("ls --tree -o name").lines()).containsExactly("a/b/c", "a/b/d", "a/x", "z");
        assertThat(Parsed.json(run("ls --tree -o json").out()).get("keys")).hasSize(4);
    }

    @Test
    void aCopyOrMoveReplacesNothingUnlessTold() {
        node.store.seed("a", TYPED);
        node.store.seed("b", "2");
        assertThat(run("cp a c").code()).isZero();
        assertThat(node.store.text("c")).isEqualTo(TYPED);
        assertThat(run("cp a b").code()).isEqualTo(5);
        assertThat(run("mv a b").code()).isEqualTo(5);
        assertThat(node.store.liveKeys()).containsExactly("a", "b", "c");
        assertThat(run("mv a b --overwrite --dry-run -o json").out()).contains("would_be_moved");
        assertThat(run("mv a b --overwrite").code()).isZero();
        assertThat(node.store.liveKeys()).containsExactly("b", "c");
        assertThat(node.store.text("b")).isEqualTo(TYPED);
    }

    @Test
    void allBelowAPrefixIsCopiedMovedAndDeleted() {
        List.of("t/a", "t/b/c", "t0", "old/a").forEach(key -> node.store.seed(key, "1"));
        Invocation.Result partly = run("cp -r t old -o json");
        assertThat(partly.code()).isEqualTo(8);
        assertThat(Parsed.json(partly.out()).get("results").findValuesAsText("result"))
                .containsExactly("precondition_failed", "copied");
        assertThat(run("mv -r t/ new").code()).isZero();
        assertThat(node.store.liveKeys()).containsExactly("new/a", "new/b/c", "old/a", "old/b/c", "t0");
        Invocation.Result refused = run("del -r old");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("2 keys below old", node.url(), "--confirm old");
        assertThat(run("del -r old --yes").code()).isEqualTo(2);
        assertThat(Invocation.at(node)
                        .onTerminal()
                        .input("y\n")
                        .run("del -r old")
                        .code())
                .isEqualTo(130);
        assertThat(run("del -r old --dry-run -o name").lines()).containsExactly("old/a", "old/b/c");
        assertThat(node.store.liveKeys()).hasSize(5);
        assertThat(Invocation.at(node)
                        .onTerminal()
                        .input("old\n")
                        .run("del -r old/")
                        .code())
                .isZero();
        assertThat(run("del -r new --confirm new -o name").lines()).containsExactly("new/a", "new/b/c");
        assertThat(node.store.liveKeys()).containsExactly("t0");
        assertThat(run("del -r new --confirm new").code()).isZero();
    }

    @Test
    void whatChangedMeanwhileIsNotDeletedWithItsPrefix() {
        node.store.seed("p/a", "1");
        node.store.seed("p/b", "1");
        node.refuse("/kv/p/b", ErrorCode.PRECONDITION_FAILED);
        assertThat(run("del -r p --confirm p").code()).isEqualTo(8);
        assertThat(node.store.liveKeys()).containsExactly("p/b");
    }

    @Test
    void aTouchWritesTheSameAgainOrChangesItsTime() {
        UUID first = node.store.seed("users/ada", TYPED);
        assertThat(run("touch users/ada").code()).isZero();
        assertThat(node.requests.getLast()).contains("PUT", "ttl=0");
        assertThat(Parsed.json(run("get users/ada --with-metadata -o json").out())
                        .get("uuid")
                        .textValue())
                .isNotEqualTo(first.toString());
        assertThat(node.store.text("users/ada")).isEqualTo(TYPED);
        assertThat(run("touch users/ada --ttl 30m").code()).isZero();
        assertThat(node.requests.getLast()).contains("PUT", "ttl=30m");
        assertThat(run("touch users/ada nothing").code()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "del -r a b",
                "del -r a --if-match 01920000-0000-7000-0000-000000000001",
                "touch a --ttl soon",
                "find --newer soon",
                "find --name '['",
                "find --where x",
                "find --where '/x={'",
                "cp a",
                "cp a a",
                "cp -r a a/b",
                "mv -r a/b a",
                "mv a _b",
                "diff a b --at 1",
                "diff a '@/does/not/exist'",
                "edit _a"
            })
    void whatIsNotValidEndsWith2AndSendsNothing(String line) {
        Invocation.Result result = run(line);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("kvsctl: ").hasLineCount(1);
        assertThat(node.requests).isEmpty();
    }
}
