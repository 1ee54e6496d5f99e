package dev.kvs.peer;

import static dev.kvs.peer.LiveNode.shown;
import static dev.kvs.peer.ScriptedPeer.answering;
import static dev.kvs.peer.ScriptedPeer.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.peer.session.SessionOpener;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller makes of "nodes" that answer slowly, never, with nonsense or without proof: no answer, and an explanation. */
class HostilePeersTest {
    private static final long SHORT_MILLIS = 700;

    private final HttpNetwork network = new HttpNetwork(
            LiveNode.credentials("cluster-1", "a", LiveNode.SECRET),
            Optional.empty(),
            new SystemTime(),
            new SystemRandomness());

    @AfterEach
    void close() {
        network.close();
    }

    private String call(String address, long timeoutMillis) {
        return shown(LiveNode.await(LiveNode.begin(network, address, PeerPath.PROBE, new byte[] {'?'}, timeoutMillis)));
    }

    private String callScripted(ScriptedPeer.Script script, long timeoutMillis) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(script)) {
            return call(peer.address(), timeoutMillis);
        }
    }

    @Test
    void whoNeverAnswersIsUnreachableAfterTheTimeout() throws IOException {
        assertThat(callScripted((peer, _) -> peer.hang(), SHORT_MILLIS)).endsWith("did not answer in time");
    }

    @Test
    void whoStopsInTheMiddleOfAnAnswerIsUnreachableAfterTheTimeout() throws IOException {
        for (String begun : List.of(
                "HTTP/1.1",
                "HTTP/1.1 200 OK\r\nContent-",
                "HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n1",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")) {
            String outcome = callScripted(
                    (peer, out) -> {
                        saying(begun).run(peer, out);
                        out.flush();
                        peer.hang();
                    },
                    SHORT_MILLIS);
            assertThat(outcome).as(begun).startsWith("unreachable: ").endsWith("did not answer in time");
        }
    }

    @Test
    void whoTakesNoConnectionIsUnreachableAtOnce() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(call("127.0.0.1:" + free, LiveNode.PATIENCE_MILLIS)).endsWith("it takes no connection");
    }

    @Test
    void nonsenseIsNoAnswer() throws IOException {
        for (ScriptedPeer.Script nonsense : List.of(
                saying(""),
                saying("\0\1\2\3"),
                saying("SSH-2.0-OpenSSH_9.6\r\n"),
                saying("HTTP/1.1 -1 x\r\n\r\n"),
                saying("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
                saying("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"),
                saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
                saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                saying("HTTP/1.1 200 OK\r\n: no name\r\n\r\n"),
                answering("200 OK", ""),
                answering("200 OK", "x"),
                answering("200 OK", "\1\1b" + "x".repeat(80)),
                answering("200 OK", "x".repeat(1_000_000)),
                answering("200 OK", "{\"status\":\"ok\"}"),
                answering("302 Found\r\nLocation: http://127.0.0.1:1/", ""),
                answering("404 Not Found", "<html>"),
                answering("500 Oops", "{\"code\":7}"))) {
            assertThat(callScripted(nonsense, LiveNode.PATIENCE_MILLIS))
                    .startsWith("unreachable: 127.0.0.1:")
                    .matches("[ -~]{20,500}");
        }
    }

    @Test
    void anEndlessAnswerIsBrokenOff() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        String outcome = callScripted(
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                    while (sent.get() < 500_000_000) {
                        out.write(chunk);
                        sent.addAndGet(chunk.length);
                    }
                },
                LiveNode.PATIENCE_MILLIS);
        assertThat(outcome).startsWith("unreachable: ");
        assertThat(sent.get()).isLessThan(100_000_000);
    }

    @Test
    void whatAStrangerSaysIsShownCutAndWithoutControlCharacters() throws IOException {
        String problem =
                "{\"type\":\"a\",\"title\":\"t\",\"status\":401,\"code\":\"wrong_cluster\",\"request_id\":\"\","
                        + "\"detail\":\"\\u001b[31mlook\\r\\nERROR forged log line " + "x".repeat(2_000) + "\"}";
        assertThat(callScripted(answering("401 Unauthorized", problem), LiveNode.PATIENCE_MILLIS))
                .contains("401 wrong_cluster: ?[31mlook??ERROR")
                .matches("[ -~]{50,500}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "host",
                "host:",
                ":80",
                "host:0",
                "host:65536",
                "host:080808",
                "host:-1",
                "host:8o",
                "a b:80",
                "host:80/admin",
                "user@host:80",
                "host:80#",
                "host:80?x",
                "http://host:80",
                "[::1]",
                "[host]:80",
                "-host:80",
                "ho\nst:80",
                "hóst:80",
                "[::1]:80\r\nX: y"
            })
    void whatIsNoAddressIsNotCalled(String address) {
        assertThat(call(address, LiveNode.PATIENCE_MILLIS))
                .isEqualTo("unreachable: an address is host:port, which this one is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "node-1.example_x:65535", "192.0.2.1:8080", "[::1]:8080", "[2001:db8::192.0.2.1]:1"})
    void whatIsAnAddressIsOne(String address) {
        assertThat(PeerAddress.parse(address).orElseThrow().uri("http", "/internal/probe"))
                .hasToString("http://" + address + "/internal/probe");
    }

    /** Someone on the way who can change what passes, but has no keys. */
    @Test
    void anAnswerWithoutTheRightProofIsNoAnswer() throws IOException {
        byte[] forgery = "all is well".getBytes(StandardCharsets.UTF_8);
        List<UnaryOperator<PeerRoute.Answer>> lies = List.of(
                answer -> new PeerRoute.Answer(answer.status(), "", answer.body()),
                answer -> new PeerRoute.Answer(answer.status(), "0".repeat(64), answer.body()),
                answer -> new PeerRoute.Answer(answer.status(), "nonsense", answer.body()),
                answer -> new PeerRoute.Answer(answer.status(), answer.proof(), forgery),
                answer -> new PeerRoute.Answer(403, answer.proof(), answer.body()),
                answer -> new PeerRoute.Answer(200, HexFormat.of().formatHex(new byte[32]), forgery));
        try (LiveNode node = LiveNode.of("b", Map.of(PeerPath.PROBE, (_, body) -> body))) {
            assertThat(call(node.address(), LiveNode.PATIENCE_MILLIS)).isEqualTo("answered ?");
            for (UnaryOperator<PeerRoute.Answer> lie : lies) {
                node.lie(lie);
                assertThat(call(node.address(), LiveNode.PATIENCE_MILLIS))
                        .startsWith("unreachable: " + node.address() + " did not prove that it is a node");
            }
            node.lie(UnaryOperator.identity());
            assertThat(call(node.address(), LiveNode.PATIENCE_MILLIS)).isEqualTo("answered ?");
            assertThat(node.handshakes).hasValue(1);
        }
    }

    @Test
    void theAnswerToAnEarlierCallIsNoAnswer() throws IOException {
        PeerRoute.Answer[] first = new PeerRoute.Answer[1];
        try (LiveNode node = LiveNode.of("b", Map.of(PeerPath.PROBE, (_, body) -> body))) {
            node.lie(answer -> {
                first[0] = first[0] == null ? answer : first[0];
                return first[0];
            });
            assertThat(call(node.address(), LiveNode.PATIENCE_MILLIS)).isEqualTo("answered ?");
            assertThat(call(node.address(), LiveNode.PATIENCE_MILLIS)).contains("did not prove");
        }
    }

    @Test
    void whoKeepsForgettingTheSessionIsAskedTwiceAndNoMore() throws IOException {
        AtomicInteger served = new AtomicInteger();
        Network.Service counting = (_, body) -> {
            served.incrementAndGet();
            return body;
        };
        String lost = "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":401,\"code\":\"unknown_session\","
                + "\"detail\":\"lost\",\"request_id\":\"\"}";
        try (LiveNode node = LiveNode.of("b", Map.of(PeerPath.PROBE, counting))) {
            node.lie(_ -> new PeerRoute.Answer(401, "", lost.getBytes(StandardCharsets.UTF_8)));
            assertThat(call(node.address(), LiveNode.PATIENCE_MILLIS)).contains("401 unknown_session: lost");
            assertThat(served).hasValue(2);
            assertThat(node.handshakes).hasValue(2);
        }
    }

    @Test
    void aThousandAddressesThatDoNotAnswerAreForgotten() {
        SessionOpener opener = new SessionOpener(
                LiveNode.credentials("cluster-1", "a", LiveNode.SECRET), new SystemTime(), new SystemRandomness());
        HttpCalls http = new HttpCalls(Optional.empty());
        PeerLines lines = new PeerLines(address -> new PeerLine(address, http, opener));
        PeerLine first = lines.to(new PeerAddress("first:1"));
        assertThat(lines.to(new PeerAddress("first:1"))).isSameAs(first);
        for (int i = 0; i < PeerLines.MOST; i++) {
            lines.to(new PeerAddress("fake" + i + ":1"));
        }
        assertThat(lines.to(new PeerAddress("first:1"))).isNotSameAs(first);
        http.close();
    }
}
