package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.boot.CertificateAuthority.Identity;
import dev.kvs.boot.config.LoadedConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files for TLS that cannot be used: said before anything is opened, with the setting, the file and what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class TlsFilesTest {
    private TlsNodes nodes;
    private Path nowhere;

    @BeforeAll
    void makeCertificates(@TempDir Path folder) throws Exception {
        nodes = new TlsNodes(folder);
        nowhere = folder.resolve("nowhere.pem");
    }

    private void refuses(Identity identity, String... words) throws Exception {
        refuses(identity, nodes.authority.file(), words);
    }

    private void refuses(Identity identity, Path ca, String... words) throws Exception {
        LoadedConfig config = nodes.config("refused", identity, ca, "");
        StartException refused = catchThrowableOfType(StartException.class, () -> Node.start(config));
        assertThat(refused).hasMessageContainingAll(words).hasMessageContaining("Fix: ");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(nodes.folder.resolve("refused/data")).doesNotExist();
    }

    private Path written(String name, String text) throws Exception {
        Path file = Files.writeString(nodes.folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws Exception {
        refuses(
                new Identity(nowhere, nowhere),
                nowhere,
                "3 problems",
                "tls_cert_file: there is no such file (" + nowhere + ")",
                "tls_key_file: there is no such file",
                "tls_client_ca_file: there is no such file");
    }

    @Test
    void aFileWithSomethingElseInItIsNamed() throws Exception {
        Path certificate = nodes.own.certificate();
        Path key = nodes.own.key();
        refuses(new Identity(key, key), "tls_cert_file: it holds no certificate");
        refuses(new Identity(certificate, written("certificate.key", Files.readString(certificate))), "no private key");
        refuses(nodes.own, key, "tls_client_ca_file: it holds no certificate");
        refuses(new Identity(nodes.folder, key), "tls_cert_file: it cannot be read", nodes.folder.toString());
        refuses(new Identity(certificate, written("large.key", "x".repeat(2 << 20))), "more than 1048576 bytes");
        refuses(
                new Identity(certificate, written("broken.key", pem("PRIVATE KEY", "AAAA"))),
                "it holds no key of the kinds [EC, RSA, EdDSA]");
    }

    @Test
    void aKeyThatTheNodeCannotReadComesWithTheCommandThatMendsIt() throws Exception {
        Path certificate = nodes.own.certificate();
        refuses(
                new Identity(certificate, written("old.key", pem("EC PRIVATE KEY", "AAAA"))),
                "old form (EC PRIVATE KEY)",
                "openssl pkcs8 -topk8 -nocrypt -in ");
        refuses(
                new Identity(certificate, written("locked.key", pem("ENCRYPTED PRIVATE KEY", "AAAA"))),
                "a key with a password");
    }

    private static String pem(String kind, String content) {
        return "-----BEGIN " + kind + "-----\n" + content + "\n-----END " + kind + "-----\n";
    }

    @Test
    void aKeyThatEveryUserCanReadIsRefused() throws Exception {
        Path key = written("open.key", Files.readString(nodes.own.key()));
        Identity open = new Identity(nodes.own.certificate(), key);
        for (String permissions : List.of("rw-r--r--", "r-----r--")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
            refuses(open, "tls_key_file: every user of this machine can read it (" + key + ")", "chmod 600 " + key);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r-----"));
        Node.start(nodes.config("group", open, nodes.authority.file(), "")).close();
    }

    @Test
    void aCertificateThatNobodyWouldBelieveIsRefused() throws Exception {
        CertificateAuthority authority = nodes.authority;
        refuses(new Identity(nodes.own.certificate(), nodes.foreign.key()), "tls_key_file: it is not the key of");
        refuses(nodes.foreign, "other members would refuse it", "CN=foreign, issued by CN=strangers");
        refuses(authority.issue("late", "-startdate -3d -validity 1"), "CN=late expired at");
        refuses(authority.issue("early", "-startdate +2d -validity 1"), "CN=early is valid only from", "clock");
        refuses(
                authority.issue("server", "-validity 2 -ext san=ip:127.0.0.1 -ext eku=serverAuth"),
                "other members would refuse it",
                "serverAuth and clientAuth");
    }

    @Test
    void certificatesOfEveryKindAndDirectlyBelievedOnesAreUsed() throws Exception {
        String more = " -validity 2 -ext san=ip:127.0.0.1 -ext eku=serverAuth,clientAuth";
        Identity rsa = nodes.authority.issue("rsa", "RSA", more.strip());
        Identity ed25519 = nodes.authority.issue("ed25519", "Ed25519", more.strip());
        for (Identity identity : List.of(rsa, ed25519)) {
            try (Node node = Node.start(nodes.config("kind", identity, nodes.authority.file(), ""));
                    var client = nodes.client(node)) {
                assertThat(client.health().status()).isEqualTo("ok");
            }
        }
    }

    @Test
    void whoChecksAConfigurationIsToldTheSame() throws Exception {
        LoadedConfig good = nodes.config("checked", nodes.own, nodes.authority.file(), "");
        assertThat(check(good.file())).contains("can be used");
        LoadedConfig bad = nodes.config("checked", new Identity(nowhere, nodes.own.key()), nodes.authority.file(), "");
        assertThat(check(bad.file())).contains("tls_cert_file: there is no such file");
    }

    private static String check(Path config) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        new Main(Map.of(), new Properties(), stream, stream).run(List.of("--check-config", config.toString()));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCertificateWithoutAnAuthorityIsForANodeThatTalksToNoOther() throws Exception {
        String files = "tls_cert_file: " + nodes.own.certificate() + "\ntls_key_file: " + nodes.own.key() + "\n";
        assertThatThrownBy(() -> nodes.plainConfig("lone", files)).hasMessageContaining("tls_client_ca_file");
        try (Node lone = Node.start(nodes.plainConfig("lone", files + "clustering_enabled: false\n"));
                var client = nodes.client(lone)) {
            assertThat(client.health().status()).isEqualTo("ok");
        }
    }
}
