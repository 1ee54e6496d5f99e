package dev.kvs.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.peer.session.CallerSession;
import dev.kvs.peer.session.NodeCredentials;
import dev.kvs.peer.session.SessionOpener;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node's listener makes of callers that are no nodes, or lie: 401 and a code, and no service is ever reached. */
class HostileCallersTest {
    private static final long SEED = 20_260_403;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BODY = "a batch of versions".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger served = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private LiveNode node;

    @BeforeEach
    void open() throws IOException {
        node = LiveNode.of(
                "b",
                Map.of(
                        PeerPath.PUSH, (_, body) -> count(body),
                        PeerPath.PROBE, (_, body) -> count(body)));
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        node.close();
    }

    private byte[] count(byte[] body) {
        served.incrementAndGet();
        return body;
    }

    /** Status and code; "200" when the call was answered. */
    private String post(String path, String proof, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + node.address() + path))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!proof.isEmpty()) {
            request.header(PeerRoute.PROOF_HEADER, proof);
        }
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return answer.statusCode() == 200
                ? "200"
                : answer.statusCode() + " "
                        + JSON.readTree(answer.body()).get("code").asText();
    }

    private String push(String proof, byte[] body) throws IOException, InterruptedException {
        return post(PeerPath.PUSH.path(), proof, body);
    }

    private CallerSession session(NodeCredentials credentials) throws IOException, InterruptedException {
        SessionOpener.Opening hello = new SessionOpener(credentials, new SystemTime(), new SystemRandomness()).begin();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.address() + SessionRoute.PATH))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(hello.hello()))
                .build();
        return hello.welcomed(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    private CallerSession session() throws IOException, InterruptedException {
        return session(LiveNode.credentials("cluster-1", "a", LiveNode.SECRET));
    }

    private static String sign(CallerSession session, byte[] body) {
        return session.sign(ServiceRoute.target(PeerPath.PUSH), body).proof();
    }

    @Test
    void unsignedAndForgedCallsAreRefused() throws Exception {
        String real = sign(session(), BODY);
        assertThat(push("", BODY)).isEqualTo("401 bad_signature");
        for (String forged : List.of(
                "x",
                "Bearer abc",
                "0".repeat(32) + "." + "0".repeat(16),
                real.substring(0, 113),
                real + "0",
                real.replace('.', '-'),
                real.toUpperCase(java.util.Locale.ROOT),
                real.substring(0, 50) + "0".repeat(64),
                real.substring(0, 33) + "00000000000000ff" + real.substring(49))) {
            assertThat(push(forged, BODY)).as(forged).isEqualTo("401 bad_signature");
        }
        assertThat(push("0".repeat(32) + real.substring(32), BODY)).isEqualTo("401 unknown_session");
        assertThat(push(real, "another batch".getBytes(StandardCharsets.UTF_8))).isEqualTo("401 bad_signature");
        assertThat(post(PeerPath.PROBE.path(), real, BODY))
                .as("a call for another path")
                .isEqualTo("401 bad_signature");
        assertThat(served).hasValue(0);
        assertThat(push(real, BODY)).isEqualTo("200");
    }

    @Test
    void replayedCallsAreRefusedAndReorderedOnesAreNot() throws Exception {
        CallerSession session = session();
        List<String> proofs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            proofs.add(sign(session, BODY));
        }
        Collections.shuffle(proofs, new Random(SEED));
        for (String proof : proofs) {
            assertThat(push(proof, BODY)).isEqualTo("200");
            assertThat(push(proof, BODY)).isEqualTo("401 replayed");
        }
        assertThat(served).hasValue(30);
        node.restart();
        assertThat(push(proofs.getFirst(), BODY)).isEqualTo("401 unknown_session");
        assertThat(served).hasValue(30);
    }

    @Test
    void callersFromOtherClustersAreRefused() throws Exception {
        try (LiveNode elsewhere = new LiveNode(LiveNode.credentials("cluster-2", "b", LiveNode.SECRET), Map.of())) {
            LiveNode here = node;
            node = elsewhere;
            CallerSession other = session(LiveNode.credentials("cluster-2", "a", LiveNode.SECRET));
            node = here;
            assertThat(push(sign(other, BODY), BODY)).isEqualTo("401 unknown_session");
        }
        byte[] hello = new SessionOpener(
                        LiveNode.credentials("cluster-2", "a", LiveNode.SECRET),
                        new SystemTime(),
                        new SystemRandomness())
                .begin()
                .hello();
        assertThat(post(SessionRoute.PATH, "", hello)).isEqualTo("401 wrong_cluster");
        byte[] wrongSecret = new SessionOpener(
                        LiveNode.credentials("cluster-1", "a", BODY), new SystemTime(), new SystemRandomness())
                .begin()
                .hello();
        assertThat(post(SessionRoute.PATH, "", wrongSecret)).isEqualTo("401 bad_signature");
        assertThat(served).hasValue(0);
    }

    @Test
    void oversizedBodiesAreRefusedBeforeTheyAreRead() throws Exception {
        CallerSession session = session();
        byte[] tooLong = new byte[PeerPath.PROBE.maxBytes() + 1];
        String proof =
                session.sign(ServiceRoute.target(PeerPath.PROBE), tooLong).proof();
        assertThat(post(PeerPath.PROBE.path(), proof, tooLong)).isEqualTo("413 body_too_large");
        assertThat(post(PeerPath.PROBE.path(), proof, new byte[16 << 20])).isEqualTo("413 body_too_large");
        assertThat(post(SessionRoute.PATH, "", new byte[4096])).isEqualTo("413 body_too_large");
        assertThat(served).hasValue(0);
    }

    @Test
    void truncatedBodiesAreRefused() throws Exception {
        String head = "POST " + PeerPath.PUSH.path() + " HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/octet-stream\r\n" + PeerRoute.PROOF_HEADER + ": "
                + sign(session(), BODY) + "\r\nContent-Length: " + BODY.length + "\r\n\r\n";
        try (Socket socket =
                new Socket("127.0.0.1", URI.create("http://" + node.address()).getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(BODY, 0, BODY.length - 1);
            socket.shutdownOutput();
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("HTTP/1.1 200");
        }
        assertThat(served).hasValue(0);
    }

    @Test
    void garbageOpensNoSession() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(260)];
            random.nextBytes(garbage);
            assertThat(post(SessionRoute.PATH, "", garbage))
                    .as("seed %d, round %d", SEED, i)
                    .isIn("400 invalid_request", "401 wrong_cluster", "401 bad_signature");
        }
        assertThat(node.sessions()).isZero();
    }
}
