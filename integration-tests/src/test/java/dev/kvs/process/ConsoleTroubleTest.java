package dev.kvs.process;

import static dev.kvs.process.ConsoleScene.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.kvs.client.KvsClient;
import dev.kvs.client.WriteOptions;
import dev.kvs.wire.BatchOperation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The console in a real browser when something is too large, too late, gone or forged. */
class ConsoleTroubleTest extends ConsoleInBrowser {
    private static final String BLANKS = " blanks around\u3000";

    private Page loggedIn(BrowserContext window) {
        Page page = window.newPage();
        scene.logIn(page);
        return page;
    }

    private static void change(Page page, String text) {
        page.fill("#text", text);
        page.click("button[value=review]");
        page.click("button[value=save]");
    }

    @Test
    void aMegabyteIsShownAndChanged() {
        try (BrowserContext window = browser.window()) {
            Page page = loggedIn(window);
            page.navigate(scene.url("/key?k=large"));
            assertThat(page.textContent("main")).contains("Only its beginning is shown");
            page.navigate(scene.url("/key/edit?k=large"));
            assertThat(page.inputValue("#text")).isEqualTo(ConsoleScene.LARGE);
            String changed = ConsoleScene.LARGE.replace("<x>", "<y>");
            change(page, changed);
            page.waitForSelector(".notice:has-text('Saved')");
            assertThat(scene.kvs.get("large").orElseThrow().text()).isEqualTo(changed);
        }
    }

    @Test
    void theDeepestDocumentAndTheLongestKeyAreChanged() {
        try (BrowserContext window = browser.window()) {
            Page page = loggedIn(window);
            scene.kvs.put(BLANKS, "1");
            for (String key : List.of("deep", ConsoleScene.LONG_KEY, ConsoleScene.HOSTILE, BLANKS)) {
                page.navigate(scene.url("/key/edit?k=" + ConsoleScene.escaped(key)));
                String deep = "[".repeat(99) + "{\"</textarea>\":1}" + "]".repeat(99);
                change(page, deep);
                page.waitForSelector(".notice:has-text('Saved')");
                assertThat(scene.kvs.get(key).orElseThrow().text()).isEqualToIgnoringWhitespace(deep);
            }
            page.navigate(scene.url("/key/edit?k=deep"));
            page.fill("#text", "[".repeat(101) + "]".repeat(101));
            page.click("button[value=review]");
            assertThat(page.textContent(".problem")).contains("deep");
            assertThat(page.inputValue("#text")).startsWith("[".repeat(101));
        }
    }

    @Test
    void ofTwoPeopleWhoSaveTheSecondIsAsked() {
        try (BrowserContext one = browser.window();
                BrowserContext other = browser.window()) {
            scene.kvs.put("both", "{\"a\":1,\"b\":1}");
            Page first = loggedIn(one);
            Page second = loggedIn(other);
            for (Page page : List.of(first, second)) {
                page.navigate(scene.url("/key/edit?k=both"));
            }
            change(first, "{\"a\":2,\"b\":1}");
            first.waitForSelector(".notice:has-text('Saved')");
            change(second, "{\"a\":3,\"b\":1}");
            second.waitForSelector("h1:has-text('Somebody was faster')");
            assertThat(scene.kvs.get("both").orElseThrow().text()).isEqualTo("{\"a\":2,\"b\":1}");
        }
    }

    @Test
    void aMemberThatIsGoneIsNamedAndTheRestStands() throws Exception {
        try (ClusterOfProcesses trio = new ClusterOfProcesses(folder.resolve("trio"), 3);
                BrowserContext window = browser.window()) {
            trio.start();
            trio.client(1).put("a", "1");
            trio.node(3).kill();
            String url = trio.node(1).url() + "/ui";
            Page page = window.newPage();
            await().atMost(SOON).until(() -> {
                page.navigate(url + "/");
                return page.textContent("main").contains("2 of 3 members answer; silent: node3");
            });
            List<String> wrong = new ArrayList<>();
            for (String path : List.of("/", "/cluster?k=a", "/convergence", "/metrics", "/key?k=a", "/node")) {
                wrong.addAll(ConsoleBrowser.judge(page, "gone" + path.replaceAll("[^a-z]+", "-"), url + path));
            }
            assertThat(wrong).isEmpty();
            page.navigate(url + "/cluster?k=a");
            assertThat(page.textContent("tr:has-text('node3'):has-text('does not answer')"))
                    .isNotEmpty();
            page.navigate(url + "/metrics");
            assertThat(page.textContent("main")).contains("no answer");
        }
    }

    @Test
    void formsOfOtherSitesAreRefused() throws Exception {
        scene.kvs.put("wanted", "1");
        // A stranger's site, and one on the same machine: to browsers that is the same site, so the cookie comes along.
        for (String origin : List.of("http://elsewhere.example", "http://127.0.0.1:" + NodeProcess.freePort())) {
            try (BrowserContext window = browser.window()) {
                Page page = loggedIn(window);
                String forged = "<!DOCTYPE html><title>prize</title><form method=post action='"
                        + scene.url("/key/delete") + "'><input name=k value=wanted><input name=sure value=yes>"
                        + "<button>Win</button></form>";
                page.route(
                        origin + "/**",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody(forged)));
                page.navigate(origin + "/prize");
                Response answer = page.waitForResponse(scene.url("/key/delete"), () -> page.click("button"));
                assertThat(answer.status()).isEqualTo(403);
                page.waitForSelector("h1:has-text('This form is not from here')");
                assertThat(scene.kvs.get("wanted")).isPresent();
            }
        }
    }

    @Test
    void anOpenPageSaysThatItsNodeIsGoneAndGoesOnWhenItIsBack() throws Exception {
        try (NodeProcess node = new NodeProcess(folder.resolve("mortal"));
                BrowserContext window = browser.window();
                BrowserContext late = browser.window()) {
            node.start();
            try (KvsClient kvs = node.client()) {
                kvs.put("a", "\"before\"");
                Page page = window.newPage();
                page.navigate(node.url() + "/ui/key?k=a");
                node.kill();
                page.waitForSelector("#problem:has-text('does not answer')");
                assertThat(page.textContent("pre")).contains("before");
                assertThat(ConsoleBrowser.judge(page, "gone")).isEmpty();
                node.start();
                goesOn(page, kvs, "after");

                // The page is there and the node is not: what its script asks for first is not to be had.
                Page orphan = late.newPage();
                orphan.route("**/console.js", route -> {
                    APIResponse script = route.fetch();
                    kill(node);
                    route.fulfill(new Route.FulfillOptions().setResponse(script));
                });
                orphan.navigate(node.url() + "/ui/key?k=a");
                orphan.waitForSelector("#problem:has-text('does not answer')");
                node.start();
                goesOn(orphan, kvs, "later");
            }
        }
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("net::ERR_"));
    }

    private static void kill(NodeProcess node) {
        try {
            node.kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void goesOn(Page page, KvsClient kvs, String word) {
        page.waitForSelector("#problem", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        int[] round = {0};
        await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).until(() -> {
            kvs.put("a", "\"" + word + " " + round[0]++ + "\"");
            return page.textContent("pre").contains(word);
        });
    }

    @Test
    void twentyTabsShareOneStreamOfTheNode() throws Exception {
        try (NodeProcess node = new NodeProcess(folder.resolve("narrow"), "max_watchers: 1");
                KvsClient kvs = node.client();
                BrowserContext window = browser.window();
                BrowserContext withoutSharing = browser.window()) {
            node.start();
            kvs.put("a", "\"before\"");
            String url = node.url() + "/ui/key?k=a";
            Page tab = window.newPage();
            tab.navigate(url);
            for (int i = 1; i < 20; i++) {
                tab = window.newPage();
                tab.navigate(url);
            }
            Page last = tab;
            int[] round = {0};
            await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).until(() -> {
                kvs.put("a", "\"after " + round[0]++ + "\"");
                return last.textContent("pre").contains("after");
            });
            // The one that the tabs have is all that there is, and none of them was refused.
            assertThat(browser.complaints()).isEmpty();
            withoutSharing.addInitScript("delete window.SharedWorker");
            Page alone = withoutSharing.newPage();
            alone.navigate(url);
            List<String> refused = new ArrayList<>();
            alone.waitForCondition(() -> refused.addAll(browser.complaints()));
            assertThat(refused).anyMatch(complaint -> complaint.contains("/live"));
        }
        browser.complaints();
    }

    @Test
    void whatAMemberLacksIsFoundInTheHeatMapByItsKey() throws Exception {
        List<Integer> ports = ClusterOfProcesses.ports(2);
        List<Integer> ways = ClusterOfProcesses.ports(2);
        try (TcpProxy toFirst = new TcpProxy(ways.get(0), ports.get(0));
                TcpProxy _ = new TcpProxy(ways.get(1), ports.get(1));
                ClusterOfProcesses pair =
                        new ClusterOfProcesses(folder.resolve("pair"), ports, ways, "sync_interval: 1d");
                BrowserContext window = browser.window()) {
            pair.start();
            pair.client(1).put("known/to/both", "1");
            pair.awaitEverywhere("known/to/both", "1");
            // The second can no longer tell the first, which still can ask the second.
            toFirst.cut();
            pair.client(2).put("known/to/one", "1");
            Page page = window.newPage();
            await().atMost(SOON).until(() -> {
                page.navigate(pair.node(1).url() + "/ui/convergence");
                return page.locator("#groups ~ .scroll a").count() > 0;
            });
            assertThat(ConsoleBrowser.judge(page, "convergence-differs")).isEmpty();
            page.click("#groups ~ .scroll a");
            assertThat(page.textContent("main tbody"))
                    .contains("known/to/one")
                    .contains("missing here")
                    .doesNotContain("both");
            assertThat(ConsoleBrowser.judge(page, "convergence-group")).isEmpty();
        }
    }

    @Test
    void aKeyBehindThousandsThatDifferIsFoundPageByPage() throws Exception {
        List<Integer> ports = ClusterOfProcesses.ports(2);
        List<Integer> ways = ClusterOfProcesses.ports(2);
        try (TcpProxy toFirst = new TcpProxy(ways.get(0), ports.get(0));
                TcpProxy _ = new TcpProxy(ways.get(1), ports.get(1));
                ClusterOfProcesses pair =
                        new ClusterOfProcesses(folder.resolve("pages"), ports, ways, "sync_interval: 1d");
                BrowserContext window = browser.window()) {
            pair.start();
            // The first's first page ends far behind where the second's does, and the wanted key lies between.
            pair.client(1).batch(thousand("m/"), WriteOptions.NONE);
            pair.client(1).put("z/last", "1");
            pair.awaitEverywhere("z/last", "1");
            toFirst.cut();
            pair.client(2).batch(thousand("a/"), WriteOptions.NONE);
            pair.client(2).put("b/wanted", "1");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest("b/wanted".getBytes(StandardCharsets.UTF_8));
            Page page = window.newPage();
            page.navigate(pair.node(1).url() + "/ui/convergence/group?n=" + (hash[0] & 0xff) / 4 + "&peer=node2");
            int pages = 1;
            while (!page.textContent("main tbody").contains("b/wanted") && pages++ < 4) {
                page.click("a:text-is('Next page')");
            }
            assertThat(page.textContent("main tbody")).contains("b/wanted");
        }
    }

    @Test
    void aWatchListensOnceAndOnlyWhereItIsSeen() {
        try (BrowserContext window = browser.window()) {
            Page page = loggedIn(window);
            List<String> asked = Collections.synchronizedList(new ArrayList<>());
            page.navigate(scene.url("/watch?prefix=seen"));
            page.waitForSelector("button:text-is('Pause')");
            page.onRequest(request -> asked.add(request.url()));
            page.click("button:text-is('Pause')");
            page.click("button:text-is('Go on')");
            scene.kvs.put("seen/one", "1");
            page.waitForSelector("tbody td:has-text('seen/one')");

            page.evaluate(
                    "Object.defineProperty(document, 'hidden', { get: () => window.hidden, configurable: true })");
            see(page, false);
            asked.clear();
            scene.kvs.put("seen/two", "1");
            page.waitForTimeout(1_000);
            assertThat(asked).isEmpty();
            see(page, true);
            page.waitForSelector("tbody td:has-text('seen/two')");
            assertThat(page.locator("tbody tr").count())
                    .as("rows of two events")
                    .isEqualTo(2);
        }
    }

    private static void see(Page page, boolean seen) {
        page.evaluate("window.hidden = " + !seen + "; document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    void aWatchThatIsRefusedSaysSoAndGoesOn() {
        try (BrowserContext window = browser.window()) {
            Page page = loggedIn(window);
            page.navigate(scene.url("/watch?prefix=refused"));
            page.route(
                    "**/watch?**",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<main><h1>Too many at once</h1></main>")));
            scene.kvs.put("refused/one", "1");
            page.waitForSelector("tbody td:has-text('refused/one')");
            page.waitForSelector("#problem:has-text('Too many at once')");
            page.unroute("**/watch?**");
            scene.kvs.put("refused/two", "1");
            page.waitForSelector("tbody td:has-text('refused/two')");
        }
    }

    private static List<BatchOperation> thousand(String prefix) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> BatchOperation.put(prefix + i, "1"))
                .toList();
    }
}
