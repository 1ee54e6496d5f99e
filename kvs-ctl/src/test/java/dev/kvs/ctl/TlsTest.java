package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --cacert} against a server that really speaks TLS, with certificates that keytool makes. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private Identity loopback;

    /** A key with its own certificate, which is also the authority to trust. */
    private record Identity(SSLContext context, Path certificate) {}

    @BeforeEach
    void makeAnIdentity() throws Exception {
        loopback = identity("loopback", "ip:127.0.0.1");
    }

    private Identity identity(String name, String host) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Path certificate = folder.resolve(name + ".pem");
        keytool(store, "-genkeypair -alias node -keyalg EC -validity 2 -dname CN=" + name + " -ext san=" + host);
        keytool(store, "-exportcert -alias node -rfc -file " + certificate);
        return new Identity(context(store), certificate);
    }

    private static void keytool(Path store, String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(words.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aServerWithACertificateOfTheNamedAuthorityIsTalkedTo() throws IOException {
        try (ScriptedNode node = new ScriptedNode(loopback.context())) {
            assertThat(node.url()).startsWith("https://");
            assertThat(run(node, "put a 1 --cacert " + loopback.certificate()).code())
                    .isZero();
            assertThat(run(node, "get a --cacert " + loopback.certificate()).out())
                    .isEqualTo("1\n");
            assertThat(Invocation.at(node)
                            .env("KVSCTL_CACERT", loopback.certificate().toString())
                            .run("get a")
                            .out())
                    .isEqualTo("1\n");
        }
    }

    @Test
    void aServerThatNobodyVouchesForGetsNoRequest() throws Exception {
        Identity stranger = identity("stranger", "ip:127.0.0.1");
        try (ScriptedNode node = new ScriptedNode(loopback.context())) {
            refuses(node, "get a", "certificat");
            refuses(node, "get a --cacert " + stranger.certificate(), "not signed by an authority that is believed");
            refuses(node, "put a 1 --cacert " + stranger.certificate(), "certificat");
            assertThat(node.requests).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        Identity elsewhere = identity("elsewhere", "dns:node.example");
        try (ScriptedNode node = new ScriptedNode(elsewhere.context())) {
            refuses(node, "get a --cacert " + elsewhere.certificate(), "127.0.0.1");
            assertThat(node.requests).isEmpty();
        }
    }

    @Test
    void aCertificateThatHasExpiredIsRefused() throws Exception {
        Identity expired = identity("expired", "ip:127.0.0.1 -startdate -3d");
        try (ScriptedNode node = new ScriptedNode(expired.context())) {
            refuses(node, "get a --cacert " + expired.certificate(), "its certificate has expired");
            assertThat(node.requests).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoCertificateIsAUsageError() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "hello");
        try (ScriptedNode node = new ScriptedNode(loopback.context())) {
            Invocation.Result result = run(node, "get a --cacert " + nonsense);
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("--cacert " + nonsense);
        }
    }

    private static void refuses(ScriptedNode node, String line, String reason) {
        Invocation.Result result = run(node, line);
        assertThat(result.code()).as(result.err()).isEqualTo(6);
        assertThat(result.err())
                .contains(node.url() + " cannot be reached: ")
                .contains(reason)
                .hasLineCount(1);
    }

    private static Invocation.Result run(ScriptedNode node, String line) {
        return Invocation.at(node).run(line);
    }
}
