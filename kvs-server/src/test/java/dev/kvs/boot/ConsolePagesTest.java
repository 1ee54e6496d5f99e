package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.client.KvsClient;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page of the console on a node with data, on an empty one, and what their forms do. */
class ConsolePagesTest {
    private static final List<String> PAGES = List.of(
            "/", "/keys", "/conflicts", "/cluster", "/convergence", "/metrics", "/watch", "/access", "/audit", "/node");
    private static final Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([0-9a-f]{64})\"");

    @TempDir
    private Path directory;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private Node node;
    private KvsClient kvs;

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

    private void start(String more) throws Exception {
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

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(node.address() + "/ui" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String page(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(path).contains("</html>");
        return answer.body();
    }

    /** Posts with the proof that the visitor's pages carry. */
    private HttpResponse<String> post(String path, String... fields) throws Exception {
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

    @Test
    void anEmptyNodeHasEveryPageAndSaysWhatWouldBeThere() throws Exception {
        start("");
        for (String path : PAGES) {
            assertThat(page(path)).as(path).contains("aria-current=\"page\"");
        }
        assertThat(page("/keys")).contains("Nothing is stored yet").contains("kvsctl put");
        assertThat(page("/conflicts")).contains("No writes have missed each other");
        assertThat(page("/convergence")).contains("on its own");
        assertThat(page("/watch")).contains("Go on listening");
        assertThat(page("/audit?actor=nobody")).contains("No entry fits");
        assertThat(get("/audit?since=tomorrow").statusCode()).isEqualTo(400);
        assertThat(get("/conflict?id=" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void revisionsAreComparedAndRestored() throws Exception {
        start("");
        UUID first = kvs.put("doc", "{\"a\":1}").uuid();
        UUID second = kvs.put("doc", "{\"a\":2}").uuid();
        assertThat(page("/key/compare?k=doc&a=" + first + "&b=" + second))
                .contains("removed")
                .contains("added");
        assertThat(page("/key/revision?k=doc&r=" + first)).contains("Restore this revision");
        assertThat(page("/key/revision?k=doc&r=" + second))
                .contains("Both say the same")
                .doesNotContain("Restore this");
        assertThat(page("/key/compare?k=doc&a=x&b=" + second)).contains("not kept here");
        assertThat(post("/key/restore", "k", "doc", "r", first.toString(), "base", second.toString())
                        .statusCode())
                .isEqualTo(303);
        assertThat(kvs.get("doc").orElseThrow().text()).isEqualTo("{\"a\":1}");
        assertThat(post("/key/restore", "k", "doc", "r", first.toString(), "base", second.toString())
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void aConflictIsInspectedAndItsLoserRestored() throws Exception {
        start("conflict_seeding_enabled: true\n");
        assertThat(page("/conflicts")).contains("Plant a demonstration conflict");
        long moment = System.currentTimeMillis() - 5_000;
        kvs.seedConflict(new SeedRequest("price<i>", new RawJson("{\"eur\":9.50,\"same\":1}"), moment, 0));
        kvs.seedConflict(new SeedRequest("price<i>", new RawJson("{\"eur\":9.5,\"same\":1}"), moment, 0));
        Matcher link = Pattern.compile("conflict\\?id=([0-9a-f-]{36})").matcher(page("/conflicts"));
        assertThat(link.find()).isTrue();
        String inspector = page("/conflict?id=" + link.group(1));
        assertThat(inspector)
                .contains("Version A")
                .contains("Version B")
                .contains("9.50")
                .contains("9.5");
        assertThat(inspector)
                .contains("differs")
                .contains("Restore version")
                .contains("<svg")
                .doesNotContain("<i>");
        Matcher loser = Pattern.compile("name=\"r\" value=\"([0-9a-f-]{36})\"").matcher(inspector);
        assertThat(loser.find()).isTrue();
        assertThat(post("/key/restore", "k", "price<i>", "r", loser.group(1)).statusCode())
                .isEqualTo(303);
        assertThat(page("/conflict?id=" + link.group(1))).contains("resolved");
        assertThat(post("/conflicts/seed").statusCode()).isEqualTo(303);
    }

    @Test
    void usersGroupsAndTokensAreMadeAndEnded() throws Exception {
        start("");
        post("/access/users", "name", "ada", "password", "correct horse", "scopes", "read", "groups", "");
        assertThat(post("/access/users", "name", "root", "password", "", "scopes", "read", "groups", "")
                        .statusCode())
                .isEqualTo(409);
        post("/access/groups", "name", "cooks", "members", "ada");
        assertThat(page("/access")).contains("ada").contains("cooks");
        assertThat(page("/access?user=ada&verb=write&key=a")).contains("ada may not write a");
        String made = post("/access/tokens", "user", "ada", "label", "test", "ttl", "1h", "scopes", "read")
                .body();
        assertThat(made).contains("only time that it is shown");
        String id = kvs.access().tokens().stream()
                .filter(token -> token.label().equals("test"))
                .findFirst()
                .orElseThrow()
                .id()
                .toString();
        assertThat(post("/access/tokens/revoke", "id", id).body()).contains("Revoke the token");
        post("/access/tokens/revoke", "id", id, "sure", "yes");
        assertThat(kvs.access().token(UUID.fromString(id))).isEmpty();
        post("/access/users/disable", "name", "ada", "disabled", "true");
        assertThat(kvs.access().user("ada").orElseThrow().disabled()).isTrue();
        assertThat(post("/access/users/delete", "name", "ada").body()).contains("Delete the user ada?");
        post("/access/users/delete", "name", "ada", "sure", "yes");
        assertThat(kvs.access().user("ada")).isEmpty();
        post("/access/groups/delete", "name", "cooks", "sure", "yes");
        assertThat(kvs.access().group("cooks")).isEmpty();
    }

    @Test
    void theNodeIsSwitchedReadOnlyAndBackAndItsLogVerified() throws Exception {
        start("");
        assertThat(post("/node/mode", "mode", "read-only").body()).contains("Make this node read-only?");
        assertThat(kvs.health().mode()).isEqualTo("normal");
        post("/node/mode", "mode", "read-only", "sure", "yes");
        assertThat(kvs.health().mode()).isEqualTo("read-only");
        String kept = post("/key/edit", "k", "a", "fresh", "yes", "text", "{\"typed\":1}", "do", "save")
                .body();
        assertThat(kept).contains("Not saved.").contains("typed");
        post("/node/mode", "mode", "normal");
        assertThat(kvs.health().mode()).isEqualTo("normal");
        assertThat(page("/node")).contains("cluster_secret").doesNotContain("cdcd");
        assertThat(post("/audit/verify").body()).contains("It is what it was");
    }

    @Test
    void withoutAccessControlThePagesSayWhatIsOff() throws Exception {
        start("auth_enabled: false\ntamper_logging_enabled: false\n");
        for (String path : PAGES) {
            page(path);
        }
        assertThat(page("/access")).contains("Everybody may do everything");
        assertThat(page("/audit")).contains("tamper_logging_enabled");
    }

    @Test
    void whatOthersChangeIsToldToOpenPages() throws Exception {
        start("auth_enabled: false\n");
        HttpResponse<java.io.InputStream> stream = browser.send(
                HttpRequest.newBuilder(URI.create(node.address() + "/ui/live")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (var lines =
                new java.io.BufferedReader(new java.io.InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(next(lines)).isEqualTo("event: state");
            kvs.put("a", "1");
            assertThat(next(lines)).isEqualTo("event: change");
        }
    }

    private static String next(java.io.BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.startsWith("event:")) {
            line = lines.readLine();
        }
        return line;
    }
}
