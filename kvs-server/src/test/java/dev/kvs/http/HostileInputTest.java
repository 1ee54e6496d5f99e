package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of the table with input that no honest client sends, over raw sockets. Each must be answered with a 4xx
 * problem document that has a code, or with a closed connection; nothing may be a 5xx, and no data may change.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
    private Door door;
    private String before;

    /** One raw request and what it is about. */
    private record Attack(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void open() throws IOException {
        door = Door.open();
        door.put("/kv/a", "{\"x\":1}");
        door.put("/kv/a/b", "2");
        door.system().put("a", "3".getBytes(StandardCharsets.UTF_8), new Expiry.Never(), WriteOptions.NONE);
    }

    @AfterAll
    void nothingChangedOnTheDisk() throws IOException {
        String contents = door.contents();
        assertThat(door.contentsAfterRestart()).isEqualTo(contents);
        door.close();
    }

    @BeforeEach
    void remember() {
        before = door.contents();
    }

    @AfterEach
    void nothingChangedAndTheNodeStillAnswers() {
        assertThat(door.contents()).isEqualTo(before);
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("{\"x\":1}");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefused(Attack attack) throws IOException {
        String answer;
        try (RawConnection connection = door.raw()) {
            answer = connection.send(attack.bytes()).finish().readToEnd();
        }
        boolean http2 = attack.name().contains("PRI *") && !answer.contains("HTTP/1.1");
        if (answer.isBlank() || http2) {
            return;
        }
        assertThat(answer).as(attack.name()).startsWith("HTTP/1.1 4");
        assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
        assertThat(answer).containsIgnoringCase("kvs-error-code: ");
        assertThat(answer).containsIgnoringCase("x-request-id: ");
        assertThat(answer).doesNotContain("\tat ").doesNotContain("Exception");
    }

    Stream<Attack> attacks() throws IOException {
        List<Attack> attacks = new ArrayList<>();
        try (Door table = Door.open()) {
            for (Route route : table.door.table().routes()) {
                addTargets(attacks, route);
                addMethods(attacks, route, table);
                addBodies(attacks, route);
                addHeaders(attacks, route);
            }
        }
        addLines(attacks);
        return attacks.stream();
    }

    private static String path(Route route) {
        return route.template().replace(Route.KEY, "a");
    }

    private static Attack attack(String name, Route route, String head, byte[] body) {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return new Attack(route.method() + " " + route.template() + ": " + name, all);
    }

    private static String head(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static void addTargets(List<Attack> attacks, Route route) {
        String path = path(route);
        Map<String, String> targets = new LinkedHashMap<>();
        targets.put("unknown parameter", path + "?colour=red");
        targets.put("unknown parameter without a value", path + "?colour");
        targets.put("parameter with a bad escape", path + "?%zz=1");
        targets.put("parameter that is not UTF-8", path + "?%ff=1");
        targets.put("trailing slash", path + "/");
        targets.put("doubled slash", "/" + path);
        targets.put("fragment", path + "#x");
        targets.put("target too long", path + "?colour=" + "x".repeat(Door.MAX_TARGET_BYTES));
        for (String parameter : route.parameters()) {
            targets.put(parameter + " twice", path + "?" + parameter + "=1&" + parameter + "=1");
            targets.put(parameter + " with a control character", path + "?" + parameter + "=%00%1b");
        }
        if (route.template().contains(Route.KEY)) {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put("encoded slash", "a%2Fb");
            keys.put("zero byte", "a%00b");
            keys.put("key of the system", "%00a");
            keys.put("newline", "a%0Ab");
            keys.put("escape character", "a%1b");
            keys.put("delete character", "a%7f");
            keys.put("C1 control", "a%C2%85");
            keys.put("dot", "a/.");
            keys.put("dots", "a/../b");
            keys.put("escaped dots", "a/%2e%2e/b");
            keys.put("doubled slash inside", "a//b");
            keys.put("leading slash", "/a");
            keys.put("underscore segment", "a/_x");
            keys.put("underscore inside", "a/_history/b");
            keys.put("escaped underscore", "%5Fx");
            keys.put("bad escape", "a%g0");
            keys.put("cut escape", "a%2");
            keys.put("not UTF-8", "a%ff");
            keys.put("overlong", "a%C0%AF");
            keys.put("surrogate", "a%ED%A0%80");
            keys.put("not NFC", "A%CC%8A");
            keys.put("raw high byte", "a\u00ff");
            keys.put("raw control byte", "a\u0001");
            keys.put("1025 bytes", "k".repeat(1025));
            keys.put("1025 escaped bytes", "%6b".repeat(1025));
            keys.put("100000 bytes", "k".repeat(100_000));
            keys.forEach(
                    (name, key) -> targets.put("key: " + name, route.template().replace(Route.KEY, key)));
        }
        byte[] body = route.takesBody() ? new byte[] {'1'} : new byte[0];
        targets.forEach((name, target) ->
                attacks.add(attack(name, route, head(route.method(), target, "Content-Length: " + body.length), body)));
    }

    private static void addMethods(List<Attack> attacks, Route route, Door table) {
        for (String method : new String[] {"GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"}) {
            RouteTable.Match match = table.door.table().match(path(route));
            if (match != null && match.resource().route(method) == null) {
                attacks.add(attack("method " + method, route, head(method, path(route)), new byte[0]));
            }
        }
    }

    private static void addBodies(List<Attack> attacks, Route route) {
        String path = path(route);
        if (!route.takesBody()) {
            attacks.add(attack("body", route, head(route.method(), path, "Content-Length: 2"), bytes("{}")));
            attacks.add(attack(
                    "chunked body",
                    route,
                    head(route.method(), path, "Transfer-Encoding: chunked"),
                    bytes("0\r\n\r\n")));
            return;
        }
        String type = "Content-Type: " + route.mediaTypes().getFirst();
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("empty", bytes(""));
        bodies.put("malformed", bytes("{\"a\":"));
        bodies.put("duplicate names", bytes("{\"a\":1,\"a\":2}"));
        bodies.put("trailing content", bytes("{} x"));
        bodies.put("byte-order mark", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'});
        bodies.put("not UTF-8", new byte[] {'"', (byte) 0xFF, '"'});
        bodies.put("overlong", new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'});
        bodies.put("UTF-16", new byte[] {'1', 0});
        bodies.put("too deep", bytes("[".repeat(104) + "]".repeat(104)));
        bodies.put("far too deep", bytes("[".repeat(4000)));
        bodies.put("too large", bytes("\"" + "x".repeat(Door.MAX_BATCH_BYTES) + "\""));
        bodies.forEach((name, body) -> {
            String length = "Content-Length: " + body.length;
            attacks.add(attack(name, route, head(route.method(), path, type, length), body));
            String chunk = Integer.toHexString(body.length) + "\r\n";
            String chunked = head(route.method(), path, type, "Transfer-Encoding: chunked")
                    + chunk
                    + new String(body, StandardCharsets.ISO_8859_1)
                    + (body.length == 0 ? "\r\n" : "\r\n0\r\n\r\n");
            attacks.add(attack(name + ", chunked", route, chunked, new byte[0]));
        });
        attacks.add(attack("cut off", route, head(route.method(), path, type, "Content-Length: 100"), bytes("{\"a\"")));
        attacks.add(attack(
                "cut off in a chunk",
                route,
                head(route.method(), path, type, "Transfer-Encoding: chunked"),
                bytes("ff\r\n{\"a\"")));
        attacks.add(attack(
                "malformed chunk",
                route,
                head(route.method(), path, type, "Transfer-Encoding: chunked"),
                bytes("xyz\r\n{}\r\n0\r\n\r\n")));
        attacks.add(attack(
                "huge chunk",
                route,
                head(route.method(), path, type, "Transfer-Encoding: chunked"),
                bytes("7fffffff\r\n{}")));
        for (String wrong : new String[] {
            "text/plain", "application/x-www-form-urlencoded", "x", "", "application/json; charset=utf-16"
        }) {
            attacks.add(attack(
                    "type " + wrong,
                    route,
                    head(route.method(), path, "Content-Type: " + wrong, "Content-Length: 1"),
                    bytes("1")));
        }
    }

    private static void addHeaders(List<Attack> attacks, Route route) {
        String path = path(route);
        List<String[]> headers = List.of(
                new String[] {"Content-Length: 1", "Content-Length: 2"},
                new String[] {"Content-Length: -1"},
                new String[] {"Content-Length: 1x"},
                new String[] {"Content-Length: 99999999999999999999"},
                new String[] {"Content-Length: 9223372036854775807"},
                new String[] {"Content-Length: 1, 1"},
                new String[] {"Transfer-Encoding: chunked", "Content-Length: 1"},
                new String[] {"Transfer-Encoding: gzip, chunked"},
                new String[] {"Transfer-Encoding: xchunked"},
                new String[] {"Transfer-Encoding: chunked, chunked"},
                new String[] {"Content-Encoding: gzip", "Content-Length: 1"},
                new String[] {"X: " + "x".repeat(Door.MAX_HEADER_BYTES)},
                new String[] {"no colon"},
                new String[] {": no name"},
                new String[] {"Bad Name: x"},
                new String[] {"Host: y"},
                new String[] {"X: a\u0000b"});
        for (String[] set : headers) {
            String name = String.join(" + ", set);
            String shown = name.length() > 60 ? name.substring(0, 60) : name;
            attacks.add(attack("header " + shown, route, head(route.method(), path, set), bytes("1")));
        }
    }

    private static void addLines(List<Attack> attacks) {
        for (String line : new String[] {
            "",
            "\r\n\r\n",
            "GET\r\n\r\n",
            "GET /\r\n\r\n",
            "GET  /kv/a HTTP/1.1\r\n\r\n",
            "GET /kv/a HTTP/1.0\r\n\r\n",
            "GET /kv/a HTTP/3.0\r\n\r\n",
            "GET /kv/a HTTP/1.1\r\n\r\n",
            "GET /kv/a HTTP/1.1\nHost: x\n\n",
            "GET /kv/a HTTP/1.1\r\nHost",
            "GET kv/a HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET http://x/kv/a/nothing HTTP/1.1\r\nHost: x\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /kv HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /kv/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /kv/_nothing HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /kv/../health HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /health/../kv/b HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /%6bv/a HTTP/1.1\r\nHost: x\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage that is no frame",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "GET /kv/missing HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
            "GET /kv/missing HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: ?!\r\n\r\n",
            "GET /kv/missing HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            "GET /kv/missing HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\rSet-Cookie: b\r\n\r\n",
        }) {
            attacks.add(new Attack("line " + line.strip().replace("\r\n", "|"), bytes(line)));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
