package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.client.KvsClient;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A node with its console, and a browser that keeps its cookies and runs no scripts. */
abstract class ConsoleOnANode {
    private static final Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([0-9a-f]{64})\"");

    @TempDir
    private Path directory;

    final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    Node node;
    KvsClient kvs;

    @AfterEach
    void close() {
        browser.shutdownNow();
        if (kvs != null) {
            kvs.close();
        }
        if (node != null) {
            node.close();
        }
    }

    void start(String more) throws Exception {
        Path file = directory.resolve("config.yaml");
        Files.writeString(file, "port: 0\nnode_id: alpha\ncluster_secret: " + "cd".repeat(32) + "\n" + more);
        node = Node.start(new ConfigLoader(Map.of(), new Properties(), "host").load(file));
        if (more.contains("auth_enabled: false")) {
            kvs = KvsClient.connect(node.address());
            return;
        }
        String token = Files.readString(directory.resolve("data/root.token")).strip();
        kvs = KvsClient.builder(node.address()).token(token).build();
        get("/login");
        assertThat(post("/login", "token", token).statusCode()).isEqualTo(303);
    }

    HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(node.address() + "/ui" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String page(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(path).contains("</html>");
        return answer.body();
    }

    /** Posts with the proof that the visitor's pages carry. */
    HttpResponse<String> post(String path, String... fields) throws Exception {
        Matcher proof = PROOF.matcher(
                get("/login?to=x").statusCode() == 200 ? get("/login").body() : get("/").body());
        assertThat(proof.find() || path.isEmpty()).isTrue();
        StringBuilder form = new StringBuilder("proof=" + proof.group(1));
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&')
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return browser.send(
                HttpRequest.newBuilder(URI.create(node.address() + "/ui" + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", node.address())
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
