package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every exit code, and what stands on standard error with it. */
class ExitCodesTest {
    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @BeforeEach
    void startsANode() {
        node.store.seed("a", "{\"x\":1}");
        node.store.seed("b", "2");
    }

    private Invocation.Result run(String line) {
        return Invocation.at(node).run(line);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyRefusalHasItsExitCode(ErrorCode code) {
        node.refuse("/kv/a", code);
        Invocation.Result result = run("put a 1 -o json");
        assertThat(result.code()).isEqualTo(ExitCode.of(code).code()).isBetween(1, 6);
        JsonNode error = Parsed.json(result.err());
        assertThat(error.get("code").textValue()).isEqualTo(code.code());
        assertThat(error.get("detail").textValue()).isEqualTo("scripted");
        assertThat(error.get("status").intValue()).isEqualTo(code.status());
        assertThat(error.get("exit_code").intValue()).isEqualTo(result.code());
        assertThat(error.get("request_id").textValue()).isEqualTo("request-1");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "READ_ONLY, 1",
        "INTERNAL, 1",
        "UNKNOWN_PATH, 1",
        "INVALID_JSON, 2",
        "BODY_TOO_LARGE, 2",
        "NOT_FOUND, 3",
        "UNAUTHORIZED, 4",
        "FORBIDDEN, 4",
        "PRECONDITION_FAILED, 5",
        "OUTCOME_UNKNOWN, 6"
    })
    void theNumbersAreAPromise(ErrorCode code, int exit) {
        assertThat(ExitCode.of(code).code()).isEqualTo(exit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gett a",
                "get",
                "get a --nonsense",
                "get a -o xml",
                "get a --pointer x",
                "get a --pointer /~2",
                "get a --at yesterday",
                "get a --revision 1",
                "get a --revision 01920000-0000-7000-0000-000000000001 --at 1",
                "get a --color sometimes",
                "get a --timeout 0",
                "get a --timeout 1w",
                "get a --timeout 1d",
                "get a --retries -1",
                "get a --retries 11",
                "get a --retries many",
                "get a -s localhost:8080",
                "get a -s ftp://localhost",
                "get a -s http://h?q=1",
                "get a --token-file /does/not/exist",
                "get a --cacert /does/not/exist",
                "get _a",
                "get a//b",
                "get a/../b",
                "put a",
                "put a @/does/not/exist",
                "put a 1 --ttl soon",
                "put a 1 --if-match x",
                "put a 1 --if-absent --if-match 01920000-0000-7000-0000-000000000001",
                "put a 1 --idempotency-key 'two words'",
                "put a - --token-file -",
                "put a 'not json'",
                "del",
                "del a b --if-match 01920000-0000-7000-0000-000000000001",
                "del -r ''",
                "ls --limit 0",
                "ls _x",
                "restore a 1",
                "bench --mix r80/w30",
                "bench --keys 0",
                "bench --size 1",
                "bench --clients 0",
                "bench --rate -1",
                "bench --duration 0",
                "bench --distribution normal",
                "help nonsense"
            })
    void whatIsNotValidEndsWith2AndOneLine(String line) {
        Invocation.Result result = run(line);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("kvsctl: ").hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(node.store.text("a")).isEqualTo("{\"x\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o json get", "get -ojson", "get --output=json", "nonsense -o ndjson", "-o=json"})
    void usageErrorsAreJsonWhenJsonIsAskedFor(String line) {
        assertThat(Parsed.json(run(line).err()).get("code").textValue()).isEqualTo("usage");
    }

    @Test
    void whatIsNotThereEndsWith3() {
        assertThat(run("get nothing").code()).isEqualTo(3);
        assertThat(run("get a --at 1").code()).isEqualTo(3);
        assertThat(run("get a --revision 01920000-0000-7000-0000-00000000ffff").code())
                .isEqualTo(3);
        assertThat(run("get a --pointer /y").code()).isEqualTo(3);
        assertThat(run("history nothing").code()).isEqualTo(3);
        for (String line : List.of("touch nothing", "cp nothing b", "mv nothing b", "edit nothing", "diff nothing")) {
            assertThat(run(line).code()).as(line).isEqualTo(3);
        }
        assertThat(run("diff a nothing").code()).isEqualTo(3);
        assertThat(run("diff a").code()).isEqualTo(3);
        assertThat(run("restore a 01920000-0000-7000-0000-00000000ffff").code()).isEqualTo(3);
    }

    @Test
    void aConditionThatDoesNotHoldEndsWith5() {
        assertThat(run("put a 1 --if-absent").code()).isEqualTo(5);
        assertThat(run("put a 1 --if-match 01920000-0000-7000-0000-00000000ffff")
                        .code())
                .isEqualTo(5);
        assertThat(run("del a --if-match 01920000-0000-7000-0000-00000000ffff").code())
                .isEqualTo(5);
    }

    @Test
    void aServerThatIsNotThereEndsWith6() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String line = " -s http://127.0.0.1:" + free + " --retries 0";
        assertThat(run("get a" + line).code()).isEqualTo(6);
        assertThat(run("status" + line).code()).isEqualTo(6);
        assertThat(run("del a b" + line).code()).isEqualTo(6);
        assertThat(Parsed.json(run("ls -o json" + line).err()).get("code").textValue())
                .isEqualTo("unreachable");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeEndsWith6() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Invocation.Result result =
                    run("get a --timeout 100ms --retries 0 -o json -s http://127.0.0.1:" + silent.getLocalPort());
            assertThat(result.code()).isEqualTo(6);
            assertThat(Parsed.json(result.err()).get("code").textValue()).isEqualTo("timed_out");
        }
    }

    @ParameterizedTest
    @CsvSource({"ok, read-only, 200", "ok, syncing, 200", "down, normal, 503"})
    void aNodeThatIsNotWellIsAFinding(String status, String mode, int http) {
        node.healthStatus = http;
        node.health = "{\"status\":\"%s\",\"mode\":\"%s\",\"member_count\":1,\"node_id\":\"n\",\"version\":\"1\","
                .formatted(status, mode)
                .concat("\"checks\":[{\"name\":\"disk\",\"status\":\"down\",\"detail\":\"full\"}]}");
        Invocation.Result result = run("status");
        assertThat(result.code()).isEqualTo(7);
        assertThat(Parsed.table(result.out()).getFirst())
                .containsEntry("STATUS", status)
                .containsEntry("MODE", mode)
                .containsEntry("DETAIL", "disk: full");
    }

    @Test
    void oneDeadNodeOfTwoIsAFinding() {
        Invocation.Result result = run("status -o json -s " + node.url() + ",http://127.0.0.1:1");
        assertThat(result.code()).isEqualTo(7);
        assertThat(Parsed.json(result.out()).get("status").textValue()).isEqualTo("degraded");
        assertThat(Parsed.json(result.out()).at("/nodes/1/status").textValue()).isEqualTo("unreachable");
    }

    @Test
    void someOfSeveralDeletesEndWith8() {
        node.refuse("/kv/b", ErrorCode.FORBIDDEN);
        Invocation.Result result = run("del a b c -o json");
        assertThat(result.code()).isEqualTo(8);
        assertThat(Parsed.json(result.err()).get("code").textValue()).isEqualTo("partial");
        assertThat(Parsed.json(result.out()).get("results").findValuesAsText("result"))
                .containsExactly("deleted", "forbidden", "deleted");
        assertThat(run("del b").code()).isEqualTo(4);
    }

    @Test
    void anInterruptedCallEndsWith130() {
        Thread.currentThread().interrupt();
        assertThat(run("get a").code()).isEqualTo(130);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Takes a few bytes and then fails as a file descriptor does. */
    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    /** What it throws is in the language of the locale. */
    private static OutputStream withoutReader() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        return Channels.newOutputStream(pipe.sink());
    }

    @Test
    void aReaderThatHasLeftIsNoError() throws IOException {
        Invocation.Result result = Invocation.at(node).run(withoutReader(), List.of("ls", "-r"));
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whatChangesSeveralKeysGoesOnWithoutItsReader() throws IOException {
        node.store.seed("tmp/1", "1");
        node.store.seed("tmp/2", "2");
        Invocation.Result moved =
                Invocation.at(node).run(withoutReader(), List.of("mv", "-r", "tmp", "old", "-o", "name"));
        assertThat(moved.code()).as(moved.err()).isZero();
        assertThat(node.store.liveKeys()).containsExactlyInAnyOrder("a", "b", "old/1", "old/2");
        Invocation.Result full = Invocation.at(node)
                .run(failing("No space left on device"), List.of("del", "-r", "old", "--confirm", "old", "-o", "name"));
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err()).contains("No space left on device");
        assertThat(node.store.liveKeys()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aFailureStaysOneWithoutAReader() throws IOException {
        node.refuse("/kv/b", ErrorCode.FORBIDDEN);
        OutputStream pipe = withoutReader();
        for (OutputStream out : List.of(pipe, new BufferedOutputStream(pipe))) {
            Invocation.Result result = Invocation.at(node).run(out, List.of("del", "a", "b", "c"));
            assertThat(result.code()).isEqualTo(8);
            assertThat(result.err()).contains("1 of 3 keys");
        }
    }

    @Test
    void aFullDiskIsAnError() {
        Invocation.Result result = Invocation.at(node).run(failing("No space left on device"), List.of("ls", "-r"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("No space left on device");
    }
}
