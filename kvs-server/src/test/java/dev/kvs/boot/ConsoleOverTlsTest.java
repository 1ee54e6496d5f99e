package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of nodes that speak TLS, with certificates of an authority that Java does not know. */
class ConsoleOverTlsTest {
    private static final Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([0-9a-f]{64})\"");

    @Test
    void aNodeBelievesItsOwnCertificateAndAsksOtherMembers(@TempDir Path folder) throws Exception {
        TlsNodes nodes = new TlsNodes(folder);
        CookieManager cookies = new CookieManager();
        try (Node first = nodes.start("first", "auth_enabled: true\n");
                Node _ = nodes.start(
                        "second", "auth_enabled: true\nseed_nodes: [\"127.0.0.1:" + TlsNodes.port(first) + "\"]\n");
                HttpClient browser = HttpClient.newBuilder()
                        .sslContext(nodes.believing())
                        .cookieHandler(cookies)
                        .build()) {
            logIn(
                    first,
                    browser,
                    Files.readString(folder.resolve("first/data/root.token")).strip());
            assertThat(cookies.getCookieStore().getCookies().getFirst().getName())
                    .isEqualTo("__Host-kvs-first");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(get(first, browser, "/metrics"))
                            .contains("second")
                            .doesNotContain("no answer"));
        }
    }

    private static String get(Node node, HttpClient browser, String path) throws Exception {
        HttpResponse<String> answer =
                browser.send(TlsNodes.request(node, "/ui" + path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void logIn(Node node, HttpClient browser, String token) throws Exception {
        Matcher proof = PROOF.matcher(get(node, browser, "/login"));
        assertThat(proof.find()).isTrue();
        HttpRequest form = TlsNodes.request(node, "/ui/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", URI.create(node.address()).toString())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "proof=" + proof.group(1) + "&token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build();
        assertThat(browser.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(303);
    }
}
