package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.TokenRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every page of the console on a node with data, on an empty one, and what their forms do. */
class ConsolePagesTest extends ConsoleOnANode {
    private static final List<String> PAGES = List.of(
            "/", "/keys", "/conflicts", "/cluster", "/convergence", "/metrics", "/watch", "/access", "/audit", "/node");

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

    /** On the console by itself, which is mounted nowhere, a browser would take these for another host. */
    @Test
    void aLoginLeadsToNoOtherSite() throws Exception {
        start("");
        String token = String.valueOf(kvs.access()
                .createToken(new TokenRequest(null, "for a test", null, null))
                .token());
        for (String to : List.of("//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example")) {
            post("/logout");
            assertThat(post("/login", "token", token, "to", to).headers().firstValue("Location"))
                    .as(to)
                    .hasValue("/ui/");
        }
    }

    @Test
    @Timeout(60)
    void theNewsOfASessionEndWithIt() throws Exception {
        start("");
        HttpResponse<Stream<String>> news = browser.send(
                HttpRequest.newBuilder(URI.create(node.address() + "/ui/live")).build(),
                HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = news.body()) {
            Iterator<String> told = lines.iterator();
            assertThat(told.next()).isEqualTo("retry: 3000");
            assertThat(post("/logout").statusCode()).isEqualTo(303);
            String last = "";
            while (told.hasNext()) {
                String line = told.next();
                last = line.isEmpty() ? last : line;
            }
            assertThat(last).isEqualTo("data: silent");
        }
    }

    @Test
    void whatIsDoneWithDocumentsIsARate() throws Exception {
        start("");
        Pattern busy = Pattern.compile("Operations per second</h2>\\s*<p class=\"figure\">[0-9.]*[1-9]");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            kvs.put("some/key", "1");
            return busy.matcher(page("/")).find();
        });
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
    void aWatchIsPausedByALinkAndGoesOnWhereItStopped() throws Exception {
        start("");
        String first = page("/watch?prefix=w%2F");
        kvs.put("w/one", "1");
        kvs.put("elsewhere", "1");
        String heard = page(link(first, "Go on listening"));
        assertThat(heard).contains("k=w%2Fone").doesNotContain("k=elsewhere");
        kvs.put("w/two", "2");
        String still = page(link(heard, "Pause"));
        assertThat(still)
                .contains("k=w%2Fone", "data-watch=\"still\"", "value=\"w/\"")
                .doesNotContain("k=w%2Ftwo", ">Pause<");
        assertThat(page(link(still, "Go on listening")))
                .contains("k=w%2Ftwo", "data-watch=\"live\"")
                .doesNotContain("k=w%2Fone", "k=elsewhere");
        assertThat(page(link(first, "Pause"))).contains("This page stands still");
    }

    /** Where a link of this text leads, below the mount. */
    private static String link(String page, String text) {
        Matcher link =
                Pattern.compile("href=\"/ui([^\"]+)\"[^>]*>" + text + "<").matcher(page);
        assertThat(link.find()).as(text).isTrue();
        return link.group(1).replace("&amp;", "&");
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
