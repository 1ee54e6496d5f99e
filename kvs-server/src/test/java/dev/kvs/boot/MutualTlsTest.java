package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.tls.Authorities;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members with certificates of one authority: they talk to each other and to nobody else, and say whom they have refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MutualTlsTest {
    private TlsNodes nodes;
    private Node node;

    @BeforeAll
    void startANode(@TempDir Path folder) throws Exception {
        nodes = new TlsNodes(folder);
        node = nodes.start("node", "");
    }

    @AfterAll
    void endIt() {
        node.close();
    }

    /** Shows this certificate whatever authority is asked for; the JDK's own key manager would rather show none. */
    private SSLContext showing(CertificateAuthority.Identity identity) throws Exception {
        X509Certificate[] chain = Authorities.read(identity.certificate()).toArray(X509Certificate[]::new);
        PrivateKey key = new PemFile("key", identity.key()).privateKey();
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] trust = {Authorities.trusting(Authorities.read(nodes.authority.file()))};
        context.init(new KeyManager[] {new Stubborn(chain, key)}, trust, null);
        return context;
    }

    private static final class Stubborn extends X509ExtendedKeyManager {
        private final X509Certificate[] chain;
        private final PrivateKey key;

        Stubborn(X509Certificate[] chain, PrivateKey key) {
            this.chain = chain;
            this.key = key;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"mine"};
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return "mine";
        }

        @Override
        public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
            return "mine";
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException("this side calls");
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    @Test
    void pathsForNodesAskForACertificateAndPublicOnesDoNot() throws Exception {
        HttpRequest call = TlsNodes.request(node, "/internal/probe")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString("x"))
                .build();
        HttpRequest open = TlsNodes.request(node, "/health").build();
        try (HttpClient none = nodes.http(nodes.believing(), HttpClient.Version.HTTP_1_1);
                HttpClient member = nodes.http(showing(nodes.own), HttpClient.Version.HTTP_1_1)) {
            var refused = none.send(call, BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("this caller has shown none");
            assertThat(none.send(open, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(member.send(call, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aForeignCertificateEndsTheHandshakeAndIsNamedInTheLog() throws Exception {
        try (LogLines log = LogLines.of("dev.kvs.http.TlsHandshake");
                HttpClient http = nodes.http(showing(nodes.foreign), HttpClient.Version.HTTP_1_1)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() ->
                                http.send(TlsNodes.request(node, "/health").build(), BodyHandlers.ofString()))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("certificate");
            }
            assertThat(log.lines())
                    .as("said once, however often he comes")
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1 was refused", "CN=foreign, issued by CN=strangers", "tls_client_ca_file");
        }
    }

    @Test
    void twoMembersReplicateOverMutualTls() throws Exception {
        String seed = "seed_nodes: [\"127.0.0.1:" + TlsNodes.port(node) + "\"]\n";
        try (Node second = Node.start(
                        nodes.config("second", nodes.authority.issue("second"), nodes.authority.file(), seed));
                KvsClient first = nodes.client(node);
                KvsClient other = nodes.client(second)) {
            TwoNodes.eventually(() ->
                    other.health().mode().equals("normal") && other.members().size() == 2);
            first.put("tls/there", "1");
            TwoNodes.eventually(() -> other.exists("tls/there"));
            other.put("tls/back", "2");
            TwoNodes.eventually(() -> first.exists("tls/back"));
        }
    }

    @Test
    void aMemberOfAnotherAuthorityIsNotTalkedToAndIsNamedInTheLog() throws Exception {
        try (Node stranger = Node.start(nodes.config("stranger", nodes.foreign, nodes.strangers.file(), ""));
                KvsClient fromInside = nodes.client(node);
                KvsClient fromOutside = KvsClient.builder(stranger.address())
                        .authority(nodes.strangers.file())
                        .build();
                LogLines log = LogLines.of("dev.kvs.membership.Membership")) {
            String here = "127.0.0.1:" + TlsNodes.port(node);
            String there = "127.0.0.1:" + TlsNodes.port(stranger);
            joinIsRefused(fromOutside, here, "CN=own, issued by CN=authority");
            joinIsRefused(fromInside, there, "CN=foreign, issued by CN=strangers");
            assertThat(log.lines()).anyMatch(line -> line.contains(there) && line.contains("CN=foreign"));
            assertThat(fromInside.members()).hasSize(1);
        }
    }

    @Test
    void aMemberWithoutTlsIsToldWhatIsAskedOfIt() throws Exception {
        try (Node plain = Node.start(nodes.plainConfig("plain", ""));
                KvsClient client = KvsClient.connect(plain.address());
                KvsClient fromInside = nodes.client(node)) {
            joinIsRefused(client, "127.0.0.1:" + TlsNodes.port(node), "This port speaks TLS");
            joinIsRefused(fromInside, "127.0.0.1:" + TlsNodes.port(plain), "it does not speak TLS");
        }
    }

    /** Who is called by a name that his certificate does not have is somebody else. */
    @Test
    void aMemberIsCalledByANameOfItsCertificateAlone() throws Exception {
        var elsewhere = nodes.authority.issue(
                "elsewhere", "-validity 2 -ext san=dns:elsewhere.example -ext eku=serverAuth,clientAuth");
        try (Node named = Node.start(nodes.config("elsewhere", elsewhere, nodes.authority.file(), ""));
                KvsClient client = nodes.client(node)) {
            joinIsRefused(client, "127.0.0.1:" + TlsNodes.port(named), "is for another name or address");
        }
    }

    private static void joinIsRefused(KvsClient client, String address, String why) {
        try {
            assertThat(client.join(address).detail()).contains(why);
        } catch (KvsClientException.Refused refused) {
            assertThat(refused.detail()).contains(why);
        }
    }
}
