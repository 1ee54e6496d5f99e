package dev.kvs.process;

import static dev.kvs.process.ConsoleScene.HOSTILE;
import static dev.kvs.process.ConsoleScene.escaped;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page of the console in a real browser: with data, without, and with what went wrong; in both themes, and on a phone. */
class ConsoleViewsTest extends ConsoleInBrowser {
    private static final long FIRST_VISIT_BYTES_MAX = 300_000;

    private NodeProcess fresh;
    private Process alone;
    private String aloneUrl;

    @BeforeAll
    void startTheOthers() throws Exception {
        fresh = new NodeProcess(folder.resolve("fresh"));
        fresh.start();
        int port = NodeProcess.freePort();
        aloneUrl = "http://127.0.0.1:" + port;
        alone = ConsoleScene.alone(folder.resolve("alone.log"), "http://127.0.0.1:" + NodeProcess.freePort(), port);
    }

    @AfterAll
    void stopTheOthers() {
        if (alone != null) {
            alone.destroy();
        }
        if (fresh != null) {
            fresh.close();
        }
    }

    /** Every page of a node with data, by a name for its picture. */
    private Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("keys", "/keys?prefix=recipes");
        pages.put("keys-root", "/keys");
        pages.put("keys-found", "/keys?q=rec");
        pages.put("keys-searched", "/keys?q=" + escaped("rec**") + "&at=/eggs");
        pages.put("keys-not-found", "/keys?q=" + escaped(HOSTILE + "*") + "&at=/a&is=" + escaped(HOSTILE));
        pages.put("keys-delete", "/keys/delete?prefix=" + escaped(HOSTILE));
        pages.put("keys-hostile", "/keys?prefix=" + escaped(HOSTILE));
        pages.put("key", "/key?k=users/ada");
        pages.put("key-hostile", "/key?k=" + escaped(HOSTILE));
        pages.put("key-long", "/key?k=" + ConsoleScene.LONG_KEY);
        pages.put("key-deep", "/key?k=deep");
        pages.put("key-edit", "/key/edit?k=" + escaped(HOSTILE));
        pages.put("key-new", "/key/edit");
        pages.put("key-access", "/key/access?k=" + escaped(HOSTILE));
        pages.put("key-move", "/key/move?k=" + escaped(HOSTILE));
        pages.put("key-large", "/key?k=large");
        pages.put("key-compare", "/key/compare?k=users/ada&a=" + revision(1) + "&b=" + revision(0));
        pages.put("key-revision", "/key/revision?k=users/ada&r=" + revision(1));
        pages.put("convergence-group", "/convergence/group?n=1&peer=node2");
        pages.put("conflict-unknown", "/conflict?id=" + escaped(HOSTILE));
        pages.put("keys-deleted", "/keys?which=deleted&newer=1h");
        pages.put("keys-large", "/keys?larger=1M&owner=" + escaped(HOSTILE));
        pages.put("conflicts", "/conflicts");
        pages.put("conflict", "/conflict?id=" + scene.conflict());
        pages.put("cluster", "/cluster");
        pages.put("cluster-where", "/cluster?k=" + escaped(HOSTILE));
        pages.put("convergence", "/convergence");
        pages.put("metrics", "/metrics");
        pages.put("watch", "/watch?prefix=" + escaped(HOSTILE));
        pages.put("watch-still", "/watch?paused=1&prefix=" + escaped(HOSTILE));
        pages.put("access", "/access?user=reader&verb=write&key=" + escaped(HOSTILE));
        pages.put("audit", "/audit");
        pages.put("node", "/node");
        pages.put("error-404", "/nowhere/" + escaped(HOSTILE).replace("+", "%20"));
        pages.put("error-400", "/key?k=_bad");
        pages.put("error-405", "/key/delete");
        return pages;
    }

    /** One of users/ada; 0 is the current one. */
    private UUID revision(int age) {
        return scene.kvs.history("users/ada").orElseThrow().revisions().get(age).uuid();
    }

    @Test
    void pagesThatOnlyFormsLeadToAreAccessible() {
        List<String> wrong = new ArrayList<>();
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            page.navigate(scene.url("/login"));
            page.fill("#token", HOSTILE);
            submit(page, "Log in", "login-refused", wrong);
            scene.logIn(page);
            page.navigate(scene.url("/key/edit?k=" + escaped(HOSTILE)));
            page.fill("#text", "{\"a\": ");
            submit(page, "Review the change", "key-edit-problem", wrong);
            page.fill("#text", "{\"<b>\":\"</textarea>\"}");
            page.fill("#ttl", "1h");
            submit(page, "Review the change", "key-review", wrong);
            page.navigate(scene.url("/key?k=" + escaped(HOSTILE)));
            submit(page, "Delete", "key-delete", wrong);
            page.navigate(scene.url("/access"));
            submit(page, "Delete", "access-delete", wrong);
            page.navigate(scene.url("/access"));
            submit(page, "Revoke", "access-revoke", wrong);
            page.navigate(scene.url("/access"));
            page.fill("#user-name", HOSTILE);
            submit(page, "Make the user", "access-refused", wrong);
            page.navigate(scene.url("/node"));
            submit(page, "Make it read-only", "node-read-only", wrong);
            page.navigate(scene.url("/audit"));
            submit(page, "Verify now", "audit-verified", wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void submit(Page page, String button, String name, List<String> wrong) {
        page.locator("main button:text-is('" + button + "')").first().click();
        wrong.addAll(ConsoleBrowser.judge(page, name));
    }

    @Test
    void everyPageIsAccessible() {
        List<String> wrong = new ArrayList<>();
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            wrong.addAll(ConsoleBrowser.judge(page, "login", scene.url("/login")));
            scene.logIn(page);
            pages().forEach((name, path) -> wrong.addAll(ConsoleBrowser.judge(page, name, scene.url(path))));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void pagesOfAnEmptyNodeAreAccessible() {
        List<String> wrong = new ArrayList<>();
        List<String> paths = List.of(
                "/",
                "/keys",
                "/keys?q=a",
                "/key?k=a",
                "/conflicts",
                "/conflict?id=x",
                "/cluster",
                "/convergence",
                "/metrics?meter=none",
                "/watch",
                "/access",
                "/audit?actor=nobody",
                "/node");
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            for (String path : paths) {
                String name = "empty" + path.replaceAll("[^a-z]+", "-");
                wrong.addAll(ConsoleBrowser.judge(page, name, fresh.url() + "/ui" + path));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamed() {
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            assertThat(ConsoleBrowser.judge(page, "silent", aloneUrl + "/keys")).isEmpty();
            assertThat(page.textContent("main")).contains("The node does not answer");
        }
    }

    @Test
    void whoMayLessSeesLessAndIsToldWhy() {
        List<String> wrong = new ArrayList<>();
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            page.navigate(scene.url("/login"));
            page.fill("#user", "reader");
            page.fill("#password", ConsoleScene.PASSWORD);
            page.click("main button.main");
            page.waitForURL(scene.url("/"));
            for (String path : List.of("/", "/convergence", "/metrics", "/access", "/audit", "/node", "/conflicts")) {
                wrong.addAll(ConsoleBrowser.judge(page, "reader" + path.replace('/', '-'), scene.url(path)));
            }
            assertThat(page.textContent("main")).contains("403").contains("Ask an administrator");
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPageFitsAPhone() {
        List<String> wrong = new ArrayList<>();
        try (BrowserContext window = browser.window(true, ConsoleBrowser.PHONE)) {
            Page page = window.newPage();
            scene.logIn(page);
            pages().forEach((name, path) -> {
                page.navigate(scene.url(path));
                if (ConsoleBrowser.overhang(page) > 0) {
                    wrong.add(name + ": " + ConsoleBrowser.overhang(page) + " pixels too wide");
                    wrong.addAll(ConsoleBrowser.judge(page, "phone-" + name));
                }
            });
            wrong.addAll(ConsoleBrowser.judge(page, "phone-overview", scene.url("/")));
            wrong.addAll(ConsoleBrowser.judge(page, "phone-key", scene.url("/key?k=users/ada")));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatABrowserRefusesIsNoticedByTheseTests() {
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            page.navigate(scene.url("/login"));
            page.evaluate("document.body.insertAdjacentHTML('beforeend',"
                    + " '<p id=planted style=\"color: #eee; background: #fff\">hard to read</p>')");
            assertThat(nextComplaints(page))
                    .singleElement()
                    .asString()
                    .contains("violates the following Content Security Policy");
            page.evaluate("document.getElementById('planted').style.cssText ="
                    + " 'color: #eee; background: #fff; min-width: 3000px'");
            assertThat(ConsoleBrowser.judge(page, "planted"))
                    .anyMatch(found -> found.contains("color-contrast"))
                    .anyMatch(found -> found.contains("too wide"));
            page.evaluate("setTimeout(() => { throw new Error('planted'); })");
            assertThat(nextComplaints(page)).singleElement().asString().contains("planted");
        }
    }

    /** The browser tells of them when it gets round to it. */
    private List<String> nextComplaints(Page page) {
        List<String> heard = new ArrayList<>();
        page.waitForCondition(() -> heard.addAll(browser.complaints()));
        return heard;
    }

    @Test
    void aFirstVisitIsLightAndFilesAreFetchedOnce() {
        try (BrowserContext window = browser.window()) {
            Page page = window.newPage();
            List<Response> files = new ArrayList<>();
            page.onResponse(response -> {
                if (response.url().contains("/static/")) {
                    files.add(response);
                }
            });
            AtomicLong bytes = new AtomicLong();
            CDPSession wire = window.newCDPSession(page);
            wire.send("Network.enable");
            wire.on(
                    "Network.loadingFinished",
                    loaded -> bytes.addAndGet(loaded.get("encodedDataLength").getAsLong()));
            scene.logIn(page);
            page.navigate(scene.url("/keys?prefix=recipes"));
            assertThat(bytes.get()).isBetween(1_000L, FIRST_VISIT_BYTES_MAX);
            assertThat(files).hasSizeGreaterThan(2);
            for (Response file : files) {
                assertThat(file.headers().get("cache-control")).isEqualTo("public, max-age=31536000, immutable");
            }
            page.navigate(scene.url("/cluster"));
            Object fetched = page.evaluate("performance.getEntriesByType('resource')"
                    + ".filter(entry => entry.name.includes('/static/') && entry.transferSize > 0).length");
            assertThat(fetched).isEqualTo(0);
        }
    }
}
