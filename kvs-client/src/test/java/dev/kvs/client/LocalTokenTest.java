package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.ImportMode;
import dev.kvs.wire.Problem;
import dev.kvs.wire.TokenProof;
import dev.kvs.wire.WireJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who has no token uses root's of a node on the same machine, and no server can make him send anything else. */
@Timeout(60)
class LocalTokenTest {
    private static final String TOKEN = "aaa.bbb.ccc";
    private static final String FRESH = "ddd.eee.fff";

    @TempDir
    Path folder;

    private HttpServer server;
    private Path file;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> nonces = new CopyOnWriteArrayList<>();

    /** What the server names and how it proves it, from the nonce and its own port. */
    private BiFunction<String, Integer, String> proof = (nonce, port) -> TokenProof.of(TOKEN, nonce, port);

    /** The one that the server takes. */
    private volatile String valid = TOKEN;

    /** What it answers to whoever has that. */
    private volatile String content = "[]";

    @BeforeEach
    void startsAServerThatAsksForAToken() throws IOException {
        file = Files.writeString(folder.resolve("root.token"), TOKEN + "\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopsIt() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault(Headers.AUTHORIZATION, List.of()));
            String nonce = exchange.getRequestHeaders().getFirst(Headers.TOKEN_NONCE);
            nonces.addAll(nonce == null ? List.of() : List.of(nonce));
            boolean known =
                    ("Bearer " + valid).equals(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
            byte[] body = known
                    ? content.getBytes(StandardCharsets.UTF_8)
                    : WireJson.write(Problem.of(ErrorCode.UNAUTHORIZED, "This needs a token.", "request-1"));
            exchange.getResponseHeaders().set(Headers.CONTENT_TYPE, known ? "application/json" : Problem.MEDIA_TYPE);
            if (!known && nonce != null) {
                exchange.getResponseHeaders().set(Headers.TOKEN_FILE, file.toString());
                exchange.getResponseHeaders().set(Headers.TOKEN_PROOF, proof.apply(nonce, port()));
            }
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private KvsClientBuilder builder() {
        return KvsClient.builder("http://127.0.0.1:" + port());
    }

    private void sendsNothing() {
        try (KvsClient kvs = builder().localToken().build()) {
            var refused = catchThrowableOfType(KvsClientException.Refused.class, kvs::members);
            assertThat(refused.is(ErrorCode.UNAUTHORIZED)).isTrue();
            assertThat(authorizations).isEmpty();
        }
    }

    @Test
    void aNodeThatProvesThatItKnowsTheTokenIsSentItFromThenOn() {
        try (KvsClient kvs = builder().localToken().build()) {
            assertThat(kvs.members()).isEmpty();
            assertThat(kvs.members()).isEmpty();
        }
        assertThat(authorizations).containsExactly("Bearer " + TOKEN, "Bearer " + TOKEN);
        assertThat(nonces).hasSize(1);
    }

    @Test
    void aTokenThatHasExpiredIsReadAgainOnce() throws IOException {
        try (KvsClient kvs = builder().localToken().build()) {
            assertThat(kvs.members()).isEmpty();
            valid = FRESH;
            proof = (nonce, port) -> TokenProof.of(FRESH, nonce, port);
            Files.writeString(file, FRESH);
            assertThat(kvs.members()).isEmpty();
            assertThat(kvs.members()).isEmpty();
            valid = "nobody.has.this";
            var refused = catchThrowableOfType(KvsClientException.Refused.class, kvs::members);
            assertThat(refused.is(ErrorCode.UNAUTHORIZED)).isTrue();
        }
        assertThat(authorizations)
                .containsExactly(
                        "Bearer " + TOKEN,
                        "Bearer " + TOKEN,
                        "Bearer " + FRESH,
                        "Bearer " + FRESH,
                        "Bearer " + FRESH,
                        "Bearer " + FRESH);
        assertThat(nonces).hasSize(3);
    }

    @Test
    void whatCanBeSentOnlyOnceIsSentWithTheToken() {
        content = "{\"lines\":1,\"created\":1,\"replaced\":0,\"skipped\":0}";
        try (KvsClient kvs = builder().localToken().build()) {
            byte[] line = "{\"key\":\"a\",\"data\":1}\n".getBytes(StandardCharsets.UTF_8);
            assertThat(kvs.load(new ByteArrayInputStream(line), ImportMode.OVERWRITE)
                            .created())
                    .isEqualTo(1);
        }
        assertThat(authorizations).containsOnly("Bearer " + TOKEN);
    }

    @Test
    void eachQuestionHasANonceOfItsOwn() {
        proof = (nonce, port) -> "wrong";
        sendsNothing();
        sendsNothing();
        assertThat(nonces).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aProofOfAnotherPortIsSomebodyInBetween() {
        proof = (nonce, port) -> TokenProof.of(TOKEN, nonce, port + 1);
        sendsNothing();
    }

    @Test
    void aProofOfAnotherQuestionIsWorthless() {
        proof = (nonce, port) -> TokenProof.of(TOKEN, "an earlier one", port);
        sendsNothing();
    }

    @Test
    void whoDoesNotKnowWhatIsInTheFileIsNotSentIt() {
        proof = (nonce, port) -> TokenProof.of("a.guessed.token", nonce, port);
        sendsNothing();
    }

    @Test
    void aFileOfAnotherNameIsNotSentThoughItHoldsAToken() throws IOException {
        file = Files.writeString(folder.resolve("service.token"), TOKEN);
        sendsNothing();
        file = Files.writeString(folder.resolve("not-root.token"), TOKEN);
        sendsNothing();
    }

    @Test
    void aLinkAFolderAndAPipeAreNotFollowed() throws Exception {
        Path other = Files.createDirectories(folder.resolve("link"));
        file = Files.createSymbolicLink(other.resolve("root.token"), folder.resolve("root.token"));
        sendsNothing();
        file = Files.createDirectories(folder.resolve("folder/root.token"));
        sendsNothing();
        file = Files.createDirectories(folder.resolve("pipe")).resolve("root.token");
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        sendsNothing();
    }

    @Test
    void whatIsNoTokenIsNotSentThoughTheServerKnowsIt() throws IOException {
        for (String text : List.of("", "password", "a.b", "a.b.c\nd.e.f", "a.b.c d", "a".repeat(9000) + ".b.c")) {
            Files.writeString(file, text);
            proof = (nonce, port) -> TokenProof.of(text.isEmpty() ? "x" : text.strip(), nonce, port);
            sendsNothing();
        }
    }

    @Test
    void aPathThatIsNoneIsNoMistakeOfOurs() {
        for (String path : List.of("root.token", "../root.token", "/nowhere/root.token", "~/root.token")) {
            file = Path.of(path);
            sendsNothing();
        }
    }

    @Test
    void whoHasATokenOrDidNotAskForThisSendsNeitherFileNorNonce() {
        try (KvsClient own = builder().localToken().token("x.y.z").build();
                KvsClient plain = builder().build()) {
            catchThrowableOfType(KvsClientException.Refused.class, own::members);
            catchThrowableOfType(KvsClientException.Refused.class, plain::members);
        }
        assertThat(authorizations).containsExactly("Bearer x.y.z");
        assertThat(nonces).isEmpty();
    }

    @Test
    void aLoginIsMadeOnceAndByNobody() {
        try (KvsClient kvs = builder().localToken().build();
                KvsClient known = builder().token(TOKEN).build()) {
            for (KvsClient client : List.of(kvs, known)) {
                var refused = catchThrowableOfType(
                        KvsClientException.Refused.class, () -> client.access().login("ada", "wrong"));
                assertThat(refused.is(ErrorCode.UNAUTHORIZED)).isTrue();
            }
        }
        assertThat(authorizations).isEmpty();
        assertThat(nonces).isEmpty();
    }
}
