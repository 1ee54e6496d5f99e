package dev.kvs.process;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.kvs.client.ConflictQuery;
import dev.kvs.client.KvsClient;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Two nodes that ask everybody who he is, with what pages have to cope with stored in them. */
final class ConsoleScene implements AutoCloseable {
    /** Markup, a template's expressions, quotes, and the sign that turns the direction of writing around. */
    static final String HOSTILE = "x\"><img src=x onerror=alert(1)>'${7*7}[[1]]\u202e";

    static final String LONG_KEY = "long/" + "k".repeat(1_019);
    static final String LARGE = "\"" + "<x>".repeat(340_000) + "\"";
    static final String PASSWORD = "a good password";
    static final Duration SOON = Duration.ofSeconds(40);

    private static final int DEPTH = 100;
    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final long A_LITTLE_BACK_MILLIS = 5_000;

    final ClusterOfProcesses cluster;
    final String token;
    final KvsClient kvs;

    ConsoleScene(Path folder) throws IOException {
        cluster = new ClusterOfProcesses(
                folder,
                2,
                "auth_enabled: true",
                "cluster_secret: \"" + SECRET + "\"",
                "conflict_seeding_enabled: true",
                "rate_limiting_enabled: false");
        cluster.start();
        token = Files.readString(cluster.node(1).data().resolve("root.token")).strip();
        kvs = KvsClient.builder(cluster.node(1).url()).token(token).build();
    }

    /** Stores something of every kind that a page shows. */
    void fill() {
        for (int i = 0; i < 250; i++) {
            kvs.put("recipes/r" + i, "{\"eggs\":" + i + ",\"big\":9223372036854775807}");
        }
        kvs.put("users/ada", "{\"name\":\"Ada\",\"age\":36}");
        kvs.put("users/ada", "{\"name\":\"Ada\",\"age\":37}");
        kvs.put(HOSTILE, "{\"<b>\":\"</code></textarea><script>alert(1)</script>\"}");
        kvs.put(HOSTILE + "/below", "\"\\u0000 \\\" ${7*7}\"");
        kvs.put(LONG_KEY, "1");
        kvs.put("large", LARGE);
        kvs.put("deep", "[".repeat(DEPTH) + "]".repeat(DEPTH));
        kvs.access().createUser(new UserRequest("reader", PASSWORD, List.of("read"), null, null));
        kvs.access().createToken(new TokenRequest("reader", HOSTILE, List.of("read"), null));
        long moment = System.currentTimeMillis() - A_LITTLE_BACK_MILLIS;
        for (String value : List.of("1", "2")) {
            kvs.seedConflict(
                    new SeedRequest("prices/<i>", new RawJson("{\"price\":" + value + ",\"same\":true}"), moment, 0));
        }
    }

    /** The name of a conflict that is there. */
    String conflict() {
        return kvs.allConflicts(ConflictQuery.ALL)
                .map(found -> found.id().toString())
                .findFirst()
                .orElseThrow();
    }

    /** Where a path of the first node's console is. */
    String url(String path) {
        return cluster.node(1).url() + "/ui" + path;
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Logs in as root. */
    void logIn(Page page) {
        logIn(page, token);
    }

    void logIn(Page page, String withToken) {
        page.navigate(url("/login"));
        page.fill("#token", withToken);
        page.click("main button.main");
        page.waitForURL(url("/"));
    }

    /** A console by itself, whose node is at {@code server}, on a port; ends with its process. */
    static Process alone(Path log, String server, int port) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.kvs.console.standalone.Main",
                        "--server",
                        server,
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(SOON).until(() -> Files.readString(log).contains("is at"));
        return process;
    }

    @Override
    public void close() {
        kvs.close();
        cluster.close();
    }
}
