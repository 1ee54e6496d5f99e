package dev.kvs.boot;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.boot.config.LoadedConfig;
import dev.kvs.client.KvsClient;
import dev.kvs.tls.Authorities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** Nodes with certificates: those of an authority that they believe, and those of strangers. */
final class TlsNodes {
    private static final String SECRET = "5c".repeat(32);

    final Path folder;
    final CertificateAuthority authority;
    final CertificateAuthority strangers;
    final CertificateAuthority.Identity own;
    final CertificateAuthority.Identity foreign;

    TlsNodes(Path folder) throws Exception {
        this.folder = folder;
        this.authority = new CertificateAuthority(folder, "authority");
        this.strangers = new CertificateAuthority(folder, "strangers");
        this.own = authority.issue("own");
        this.foreign = strangers.issue("foreign");
    }

    /** Starts a node whose members are those of the authority. */
    Node start(String name, String more) throws Exception {
        return Node.start(config(name, own, authority.file(), more));
    }

    LoadedConfig config(String name, CertificateAuthority.Identity identity, Path ca, String more) throws Exception {
        String tls = "tls_cert_file: " + identity.certificate() + "\ntls_key_file: " + identity.key()
                + "\ntls_client_ca_file: " + ca + "\n";
        return plainConfig(name, tls + more);
    }

    LoadedConfig plainConfig(String name, String more) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name));
        String auth = more.contains("auth_enabled") ? "" : "auth_enabled: false\nrate_limiting_enabled: false\n";
        Path file = Files.writeString(
                home.resolve("config.yaml"),
                "port: 0\nnode_id: " + name + "\nprobe_interval_ms: 200\ncluster_secret: " + SECRET + "\n" + auth
                        + more);
        return new ConfigLoader(Map.of(), new Properties(), name).load(file);
    }

    /** Believes the authority and shows nothing. */
    SSLContext believing() throws Exception {
        return Authorities.context(authority.file());
    }

    KvsClient client(Node node) throws Exception {
        return KvsClient.builder(node.address()).authority(authority.file()).build();
    }

    HttpClient http(SSLContext context, HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(context).version(version).build();
    }

    static HttpRequest.Builder request(Node node, String path) {
        return HttpRequest.newBuilder(URI.create(node.address() + path)).timeout(Duration.ofSeconds(30));
    }

    static int port(Node node) {
        return URI.create(node.address()).getPort();
    }
}
