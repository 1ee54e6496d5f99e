package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.boot.config.InvalidConfigException;
import dev.kvs.boot.config.LoadedConfig;
import dev.kvs.client.KvsClient;
import dev.kvs.wire.Headers;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console as a browser without scripts sees it, on a node with access control. */
class MountedConsoleTest {
    private static final Pattern PROOF = Pattern.compile("name=\"proof\" value=\"([0-9a-f]{64})\"");
    private static final Pattern BASE = Pattern.compile("name=\"base\" value=\"([0-9a-f-]{36})\"");

    @TempDir
    private Path directory;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private Node node;

    @AfterEach
    void close() {
        browser.close();
        if (node != null) {
            node.close();
        }
    }

    private void start(String more) throws Exception {
        Files.writeString(
                directory.resolve("config.yaml"),
                "port: 0\nnode_id: alpha.one\ncluster_secret: " + "ab".repeat(32) + "\n" + more);
        node = Node.start(config());
    }

    private LoadedConfig config() throws InvalidConfigException {
        return new ConfigLoader(Map.of(), new Properties(), "host").load(directory.resolve("config.yaml"));
    }

    private String rootToken() throws IOException {
        return Files.readString(directory.resolve("data/root.token")).strip();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(node.address() + path)));
    }

    private HttpResponse<String> post(String path, String origin, String... fields) throws Exception {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(URI.create(node.address() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private void logIn() throws Exception {
        String proof = found(PROOF, get("/ui/login").body());
        HttpResponse<String> answer =
                post("/ui/login", node.address(), "proof", proof, "token", rootToken(), "to", "/keys");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/ui/keys");
    }

    @Test
    void whoIsNotLoggedInIsAskedToAndSentOnAfterwards() throws Exception {
        start("");
        HttpResponse<String> answer = get("/ui/keys?prefix=a%2Fb");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/ui/login?to=%2Fkeys%3Fprefix%3Da%252Fb");
        logIn();
        assertThat(get("/ui/").body()).contains("Healthy").contains("root");
    }

    @Test
    void theSessionsNameChangesAtTheLoginAndMeansNothingAfterTheLogout() throws Exception {
        start("");
        get("/ui/login");
        String before = cookies.getCookieStore().getCookies().getFirst().getValue();
        logIn();
        String after = cookies.getCookieStore().getCookies().getFirst().getValue();
        assertThat(after).isNotEqualTo(before);
        assertThat(cookies.getCookieStore().getCookies().getFirst().getName()).isEqualTo("kvs-alpha_one");
        String proof = found(PROOF, get("/ui/").body());
        assertThat(post("/ui/logout", node.address(), "proof", proof).statusCode())
                .isEqualTo(303);
        HttpResponse<String> old = send(HttpRequest.newBuilder(URI.create(node.address() + "/ui/keys"))
                .header("Cookie", "kvs-alpha_one=" + after));
        assertThat(old.statusCode()).isEqualTo(303);
    }

    @Test
    void theCookieIsOutOfReachForScriptsAndOtherSites() throws Exception {
        start("");
        assertThat(get("/ui/login").headers().firstValue("Set-Cookie").orElse(""))
                .contains("; Path=/ui; HttpOnly; SameSite=Strict");
    }

    @Test
    void aWrongTokenAndAWrongPasswordAreToldApartFromNothingElse() throws Exception {
        start("");
        String proof = found(PROOF, get("/ui/login").body());
        assertThat(post("/ui/login", node.address(), "proof", proof, "token", "a.b.c")
                        .body())
                .contains("The node does not take this token.");
        HttpResponse<String> answer =
                post("/ui/login", node.address(), "proof", proof, "user", "root", "password", "guess");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("The name or the password is wrong.").doesNotContain("guess");
    }

    @Test
    void formsOfOtherOriginsAndFormsWithoutTheProofDoNothing() throws Exception {
        start("");
        logIn();
        String proof = found(PROOF, get("/ui/").body());
        try (KvsClient kvs = client()) {
            kvs.put("a", "1");
            for (String origin : List.of("http://evil.example", "null", "")) {
                HttpResponse<String> forged = post("/ui/key/delete", origin, "proof", proof, "k", "a", "sure", "yes");
                assertThat(forged.statusCode()).as(origin).isEqualTo(403);
            }
            assertThat(post("/ui/key/delete", node.address(), "k", "a", "sure", "yes")
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> late =
                    post("/ui/key/delete", node.address(), "proof", "0".repeat(64), "k", "a", "sure", "yes");
            assertThat(late.statusCode()).isEqualTo(403);
            assertThat(late.body()).contains("Send it once more");
            assertThat(kvs.exists("a")).isTrue();
            assertThat(post("/ui/key/delete", node.address(), "proof", proof, "k", "a")
                            .body())
                    .contains("Delete a?");
            assertThat(kvs.exists("a")).isTrue();
            post("/ui/key/delete", node.address(), "proof", proof, "k", "a", "sure", "yes");
            assertThat(kvs.exists("a")).isFalse();
        }
    }

    private KvsClient client() throws IOException {
        return KvsClient.builder(node.address()).token(rootToken()).build();
    }

    /** Sends the form of the editor: {@code review} or {@code save}. */
    private HttpResponse<String> edit(String proof, String key, String base, String text, String step)
            throws Exception {
        return post("/ui/key/edit", node.address(), "proof", proof, "k", key, "base", base, "text", text, "do", step);
    }

    @Test
    void aValueIsReviewedBeforeItIsSavedAndNumbersStayWhatTheyAre() throws Exception {
        start("");
        logIn();
        try (KvsClient kvs = client()) {
            kvs.put("users/ada", "{\"n\":9223372036854775807,\"f\":1.0}");
            String page = get("/ui/key/edit?k=users/ada").body();
            assertThat(page).contains("9223372036854775807").contains("1.0");
            String proof = found(PROOF, page);
            String base = found(BASE, page);
            String text = "{\"n\":9223372036854775806,\"f\":1.0}";
            HttpResponse<String> review = edit(proof, "users/ada", base, text, "review");
            assertThat(review.body()).contains("class=\"removed\"").contains("class=\"added\"");
            assertThat(kvs.get("users/ada").orElseThrow().text()).contains("807");
            HttpResponse<String> saved = edit(proof, "users/ada", base, text, "save");
            assertThat(saved.statusCode()).isEqualTo(303);
            assertThat(kvs.get("users/ada").orElseThrow().text()).isEqualTo(text);
        }
    }

    @Test
    void whoSavesOverSomebodyElsesValueSeesAllThree() throws Exception {
        start("");
        logIn();
        try (KvsClient kvs = client()) {
            kvs.put("doc", "{\"a\":1,\"b\":1}");
            String page = get("/ui/key/edit?k=doc").body();
            kvs.put("doc", "{\"a\":2,\"b\":1}");
            HttpResponse<String> stale =
                    edit(found(PROOF, page), "doc", found(BASE, page), "{\"a\":3,\"b\":1}", "save");
            assertThat(stale.statusCode()).isEqualTo(412);
            assertThat(stale.body())
                    .contains("Somebody was faster")
                    .contains("changed by both")
                    .contains("/a");
            assertThat(stale.body()).doesNotContain("<code>/b</code>");
            assertThat(kvs.get("doc").orElseThrow().text()).isEqualTo("{\"a\":2,\"b\":1}");
            String again = found(BASE, stale.body());
            edit(found(PROOF, page), "doc", again, "{\"a\":3,\"b\":1}", "save");
            assertThat(kvs.get("doc").orElseThrow().text()).isEqualTo("{\"a\":3,\"b\":1}");
        }
    }

    @Test
    void whatWasTypedOutlivesTheSession() throws Exception {
        start("");
        logIn();
        String typed = "{\"a\":\"hours of work <b>\"}";
        String proof = found(PROOF, get("/ui/key/edit").body());
        post("/ui/logout", node.address(), "proof", proof);
        HttpResponse<String> asked = post(
                "/ui/key/edit",
                node.address(),
                "proof",
                proof,
                "k",
                "late",
                "fresh",
                "yes",
                "text",
                typed,
                "do",
                "save");
        assertThat(asked.statusCode()).isEqualTo(401);
        Map<String, String> fields = fields(asked.body());
        assertThat(fields).containsEntry("resume.field.text", typed).containsEntry("resume.path", "/key/edit");
        fields.put("token", rootToken());
        String[] flat = fields.entrySet().stream()
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
        HttpResponse<String> back = post("/ui/login", node.address(), flat);
        assertThat(back.body()).contains("Welcome back");
        Map<String, String> again = fields(back.body());
        assertThat(again).containsEntry("text", typed).containsEntry("do", "save");
    }

    private static Map<String, String> fields(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")
                .matcher(page);
        while (hidden.find()) {
            fields.put(hidden.group(1), unescaped(hidden.group(2)));
        }
        Matcher areas = Pattern.compile("<textarea[^>]* name=\"([^\"]*)\">([^<]*)</textarea>")
                .matcher(page);
        while (areas.find()) {
            fields.put(areas.group(1), unescaped(areas.group(2)));
        }
        return fields;
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    @Test
    void hostileNamesAreShownAndNeverMarkup() throws Exception {
        start("");
        logIn();
        String hostile = "x\"><img src=x onerror=alert(1)>'${1234567*3}[[1234567*3]]";
        try (KvsClient kvs = client()) {
            kvs.put(hostile, "{\"a\":\"</code><script>alert(1)</script>\"}");
        }
        String escaped = URLEncoder.encode(hostile, StandardCharsets.UTF_8);
        for (String path : List.of(
                "/ui/keys",
                "/ui/keys?q=" + escaped,
                "/ui/key?k=" + escaped,
                "/ui/key/edit?k=" + escaped,
                "/ui/" + escaped.replace("+", "%20"),
                "/ui/?done=" + escaped,
                "/ui/keys?prefix=" + escaped)) {
            String page = get(path).body();
            assertThat(page)
                    .as(path)
                    .doesNotContain("<img")
                    .doesNotContain("<script>alert")
                    .doesNotContain("3703701");
        }
    }

    @Test
    void everyPageCarriesThePolicyAndFilesAreKeptForEver() throws Exception {
        start("");
        HttpResponse<String> page = get("/ui/login");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
                        + " 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        String style = found(Pattern.compile("href=\"([^\"]*console.css)\""), page.body());
        HttpResponse<String> file = get(style);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(get(style.replaceAll("/static/[0-9a-f]+/", "/static/0123456789abcdef/"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFailedLoginCountsForWhoMadeItAndNotForTheNode() throws Exception {
        start("bind_address: 0.0.0.0\nrate_limit_requests: 20\n");
        try (HttpClient stranger = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName("127.0.0.2"))
                .cookieHandler(new CookieManager())
                .build()) {
            HttpRequest page = HttpRequest.newBuilder(URI.create(node.address() + "/ui/login"))
                    .build();
            String proof = found(
                    PROOF,
                    stranger.send(page, HttpResponse.BodyHandlers.ofString()).body());
            HttpRequest guess = HttpRequest.newBuilder(page.uri())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", node.address())
                    .POST(HttpRequest.BodyPublishers.ofString("user=root&password=wrong&proof=" + proof))
                    .build();
            int guesses = 0;
            String answer = "";
            while (!answer.contains("Too many logins of this name") && guesses++ < 20) {
                answer = stranger.send(guess, HttpResponse.BodyHandlers.ofString())
                        .body();
            }
            assertThat(answer).contains("Too many logins of this name");
            for (int i = 0; i < 20; i++) {
                answer = stranger.send(guess, HttpResponse.BodyHandlers.ofString())
                        .body();
            }
            assertThat(answer).contains("An address without a good token");
        }
        String proof = found(PROOF, get("/ui/login").body());
        assertThat(post("/ui/login", node.address(), "proof", proof, "user", "root", "password", "wrong")
                        .body())
                .contains("The name or the password is wrong");
        logIn();
    }

    @Test
    void aPassFromOutsideMeansNothing() throws Exception {
        start("rate_limit_requests: 10\n");
        int status = 0;
        for (int i = 0; i < 12; i++) {
            status = send(HttpRequest.newBuilder(URI.create(node.address() + "/auth/login"))
                            .header("Content-Type", "application/json")
                            .header(Headers.SITE_PASS, "10.9.8." + i)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"u" + i + "\",\"password\":\"x\"}")))
                    .statusCode();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void withoutAccessControlNobodyIsAsked() throws Exception {
        start("auth_enabled: false\n");
        assertThat(get("/ui/").statusCode()).isEqualTo(200);
        assertThat(get("/ui/key?k=nothing").body()).contains("Nothing is stored under this key");
        assertThat(get("/ui/key?k=_bad").statusCode()).isEqualTo(400);
        assertThat(get("/ui/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/ui/nowhere").body()).contains("The navigation lists").contains("href=\"/ui/keys\"");
        assertThat(get("/ui/key/delete").statusCode()).isEqualTo(405);
    }

    @Test
    void switchedOffThereIsNothing() throws Exception {
        start("console_enabled: false\n");
        assertThat(get("/ui/").statusCode()).isEqualTo(404);
        assertThat(get("/ui").statusCode()).isEqualTo(404);
    }
}
