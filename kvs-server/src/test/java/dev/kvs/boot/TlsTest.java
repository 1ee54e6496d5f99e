package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.tls.Authorities;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node with a certificate: who believes it is served as without, who does not sends nothing, and nobody holds up the door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class TlsTest {
    private static final int CONNECTIONS = 4;
    private static final int HANDSHAKE = 22;

    private TlsNodes nodes;
    private Node node;

    /** With the usual times: who uploads on a busy machine may take longer than a second. */
    private Node patient;

    @BeforeAll
    void startANode(@TempDir Path folder) throws Exception {
        nodes = new TlsNodes(folder);
        patient = nodes.start("patient", "");
        node = nodes.start("node", "request_timeout: 1s\nmax_connections: " + CONNECTIONS + "\n");
    }

    @AfterAll
    void endIt() {
        node.close();
        patient.close();
    }

    private HttpRequest.Builder to(String path) {
        return TlsNodes.request(node, path);
    }

    private static HttpRequest put(HttpRequest.Builder to, String body) {
        return to.header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void whoBelievesTheAuthorityIsServedOverBothProtocols(HttpClient.Version version) throws Exception {
        assertThat(node.address()).startsWith("https://127.0.0.1:");
        String document = "\"" + "x".repeat(300_000) + "\"";
        try (HttpClient http = nodes.http(nodes.believing(), version)) {
            HttpResponse<String> written =
                    http.send(put(TlsNodes.request(patient, "/kv/tls/" + version), document), BodyHandlers.ofString());
            assertThat(written.version()).isEqualTo(version);
            assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
            assertThat(http.send(
                                    TlsNodes.request(patient, "/kv/tls/" + version + "?raw=true")
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .isEqualTo(document);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aBodyOverTheLimitIsRefusedWithAnAnswerThatCanBeRead(HttpClient.Version version) throws Exception {
        String document = "\"" + "x".repeat(3_000_000) + "\"";
        try (HttpClient http = nodes.http(nodes.believing(), version)) {
            HttpResponse<String> refused =
                    http.send(put(TlsNodes.request(patient, "/kv/large"), document), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("too_large");
        }
    }

    @Test
    void whoDoesNotBelieveItSendsNothing() throws Exception {
        try (HttpClient http = nodes.http(Authorities.context(nodes.strangers.file()), HttpClient.Version.HTTP_1_1);
                HttpClient jdk = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> http.send(to("/health").build(), BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("CN=own, issued by CN=authority");
            assertThatThrownBy(() -> jdk.send(to("/health").build(), BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void theClientSaysWhyItDoesNotBelieveANode() throws Exception {
        try (Node elsewhere = nodes.start("elsewhere", "bind_address: 127.0.0.2\n");
                KvsClient stranger = KvsClient.builder(node.address())
                        .authority(nodes.strangers.file())
                        .retries(0)
                        .build();
                KvsClient misled = nodes.client(elsewhere);
                KvsClient byName = KvsClient.builder("https://localhost:" + TlsNodes.port(node))
                        .authority(nodes.authority.file())
                        .build()) {
            assertThat(byName.health().status()).isEqualTo("ok");
            assertThatThrownBy(stranger::health)
                    .isInstanceOf(KvsClientException.Unreachable.class)
                    .hasMessageContainingAll("not signed by an authority that is believed here", "CN=own", "--cacert");
            assertThatThrownBy(misled::health)
                    .isInstanceOf(KvsClientException.Unreachable.class)
                    .hasMessageContainingAll("is for another name or address", "CN=own", "127.0.0.2");
        }
    }

    /** Over TLS on loopback the node proves as it does without that it knows the token. */
    @Test
    void aLocalCallerPicksUpRootsTokenOverTlsToo() throws Exception {
        try (Node guarded = nodes.start("guarded", "auth_enabled: true\n");
                KvsClient local = KvsClient.builder(guarded.address())
                        .authority(nodes.authority.file())
                        .localToken()
                        .build();
                KvsClient nobody = nodes.client(guarded)) {
            local.put("picked/up", "1");
            assertThat(local.exists("picked/up")).isTrue();
            assertThatThrownBy(() -> nobody.put("picked/up", "2")).isInstanceOf(KvsClientException.Refused.class);
        }
    }

    @Test
    void plainHttpIsToldWhatToTypeAndGarbageIsCutOff() throws Exception {
        String answer = said("GET /kv/a HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("https://").contains("invalid_request");
        assertThat(said("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(said("\0\0\0\0\0\0\0\0")).doesNotContain("HTTP");
    }

    private String said(String text) throws IOException {
        return new String(answer(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    private byte[] answer(byte[] sent) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", TlsNodes.port(node))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(sent);
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void olderVersionsOfTlsAreRefused() throws Exception {
        int protocolVersion = 70;
        for (int minor : List.of(0, 1, 2)) {
            assertThat(fatalAlert(answer(clientHello(minor))))
                    .as("TLS 1.%d", minor - 1)
                    .isEqualTo(protocolVersion);
        }
        assertThat(fatalAlert(answer(clientHello(3)))).isNotEqualTo(protocolVersion);
    }

    /** Which alert an answer is (RFC 5246, 7.2). */
    private static int fatalAlert(byte[] answer) {
        assertThat(answer).hasSize(7).startsWith(21, 3);
        assertThat(answer[5]).isEqualTo((byte) 2);
        return answer[6];
    }

    /** The shortest greeting of a client that knows one version, 3.minor (RFC 5246, 7.4.1.2). */
    private static byte[] clientHello(int minor) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        byte[] head = {HANDSHAKE, 3, 1, 0, 47, 1, 0, 0, 43, 3, (byte) minor};
        hello.writeBytes(head);
        hello.writeBytes(new byte[32]);
        byte[] noSessionTwoSuitesNoCompression = {0, 0, 4, 0, 0x2f, (byte) 0xc0, 0x13, 1, 0};
        hello.writeBytes(noSessionTwoSuitesNoCompression);
        return hello.toByteArray();
    }

    /** The server's own TLS keeps the place of each connection whose handshake failed. */
    @Test
    void handshakesThatFailOrNeverEndTakeNoPlaceForLong() throws Exception {
        for (int i = 0; i < 2 * CONNECTIONS + 2; i++) {
            try (Socket garbage = new Socket("127.0.0.1", TlsNodes.port(node))) {
                garbage.getOutputStream().write(new byte[4]);
                garbage.shutdownOutput();
                assertThat(garbage.getInputStream().readAllBytes()).isEmpty();
            }
        }
        Socket[] silent = new Socket[CONNECTIONS];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = new Socket("127.0.0.1", TlsNodes.port(node));
            silent[i].getOutputStream().write(HANDSHAKE);
        }
        try (HttpClient http = nodes.http(nodes.believing(), HttpClient.Version.HTTP_1_1)) {
            assertThat(http.send(to("/health/live").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(http.send(to("/metrics").build(), BodyHandlers.ofString())
                            .body())
                    .containsPattern("kvs_tls_handshakes_failed_total [1-9][0-9]")
                    .containsPattern("kvs_tls_certificate_seconds_left [1-9]");
        }
        for (Socket socket : silent) {
            assertThat(socket.getInputStream().readAllBytes()).isNotNull();
            socket.close();
        }
    }

    @Test
    void aHandshakeThatTricklesIsCutOff() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", TlsNodes.port(node))) {
            byte[] largestRecord = {HANDSHAKE, 3, 1, 64, 0};
            socket.getOutputStream().write(largestRecord);
            isCutOffWhileSending(socket, new byte[1]);
        }
    }

    @Test
    void headersThatTrickleAreCutOffInsideTlsToo() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) nodes.believing().getSocketFactory().createSocket("127.0.0.1", TlsNodes.port(node))) {
            socket.getOutputStream().write("GET /kv/a HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
            isCutOffWhileSending(socket, "X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void isCutOffWhileSending(Socket socket, byte[] piece) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    try {
                        socket.getOutputStream().write(piece);
                        return false;
                    } catch (IOException gone) {
                        return true;
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aStreamEndsInOrderWhenTheNodeStops(HttpClient.Version version) throws Exception {
        Node stopping = nodes.start("stopping" + version, "");
        try (HttpClient http = nodes.http(nodes.believing(), version)) {
            HttpRequest watch = TlsNodes.request(stopping, "/kv/_watch").build();
            BufferedReader events = new BufferedReader(new InputStreamReader(
                    http.send(watch, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
            assertThat(http.send(put(TlsNodes.request(stopping, "/kv/last"), "1"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(201);
            assertThat(events.lines().anyMatch(line -> line.contains("last"))).isTrue();
            stopping.close();
            assertThat(events.lines().toList())
                    .allSatisfy(line -> assertThat(line).doesNotContain("put"));
        }
    }
}
