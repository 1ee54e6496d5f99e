package dev.kvs.process;

import static dev.kvs.process.ConsoleScene.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.kvs.client.KvsClient;
import dev.kvs.client.RangeQuery;
import dev.kvs.client.WriteOptions;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do in the console, with the keyboard alone; with JavaScript and without it. */
class ConsoleFlowsTest extends ConsoleInBrowser {
    private Keyboard loggedIn(BrowserContext window) {
        Keyboard keyboard = new Keyboard(window.newPage());
        keyboard.page().navigate(scene.url("/login"));
        keyboard.write("#token", scene.token);
        keyboard.press("main button.main", "h1:text-is('Overview')");
        return keyboard;
    }

    /** A page that no address leads to; axe is a script itself. */
    private static void judge(Page page, String name, boolean scripts) {
        if (scripts) {
            assertThat(ConsoleBrowser.judge(page, name)).isEmpty();
        }
    }

    private static void change(Keyboard keyboard, String json) {
        keyboard.write("#text", json);
        keyboard.press("button[value=review]", "button[value=save]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyIsFoundChangedReviewedAndSaved(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            scene.kvs.put("users/eve", "{\"name\":\"Eve\",\"age\":1}");
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            keyboard.write("#find", "users/e");
            page.keyboard().press("Enter");
            keyboard.press("main tbody a:text-is('users/eve')", "[data-edit]");
            keyboard.press("[data-edit]", "#text");
            keyboard.write("#text", "{\"name\":\"Eve\",\"age\":");
            keyboard.press("button[value=review]", ".problem");
            assertThat(page.textContent(".problem")).contains("not valid JSON");
            change(keyboard, "{\"name\":\"Eve\",\"age\":9223372036854775807}");
            assertThat(page.textContent(".removed")).contains("1");
            assertThat(page.textContent(".added")).contains("9223372036854775807");
            keyboard.press("button[value=save]", ".notice:has-text('Saved')");
            assertThat(page.textContent("pre")).contains("9223372036854775807");
            keyboard.press("[data-edit]", "#text");
            change(keyboard, "{\"name\":\"Eve\",\"age\":2}");
            keyboard.press("button[value=save-on]", ".notice:has-text('Saved')");
            assertThat(page.inputValue("#text")).contains("\"age\": 2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyIsWrittenAndDeleted(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            page.navigate(scene.url("/keys?prefix=notes"));
            keyboard.press("main a.button.main", "#k");
            keyboard.write("#k", "notes/one");
            change(keyboard, "{\"n\":1}");
            keyboard.press("button[value=save]", ".notice:has-text('Saved')");
            keyboard.press("main button:text-is('Delete')", "h1:text('Delete notes/one?')");
            keyboard.press("main button:text-is('Delete')", ".notice:has-text('Deleted')");
            assertThat(scene.kvs.get("notes/one")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsLateSeesThreeVersionsAndDecides(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            scene.kvs.put("shared", "{\"a\":1,\"b\":1,\"c\":1}");
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            page.navigate(scene.url("/key/edit?k=shared"));
            change(keyboard, "{\"a\":3,\"b\":1,\"c\":3}");
            scene.kvs.put("shared", "{\"a\":2,\"b\":2,\"c\":1}");
            keyboard.press("button[value=save]", "h1:has-text('Somebody was faster')");
            assertThat(page.textContent("main table"))
                    .contains("changed by both")
                    .contains("changed by them")
                    .contains("changed by you");
            judge(page, "key-stale", scripts);
            change(keyboard, "{\"a\":3,\"b\":2,\"c\":3}");
            keyboard.press("button[value=save]", ".notice:has-text('Saved')");
            assertThat(scene.kvs.get("shared").orElseThrow().text()).isEqualTo("{\"a\":3,\"b\":2,\"c\":3}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOldRevisionIsBroughtBack(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            String key = "old/" + scripts;
            String old = scene.kvs.put(key, "\"old\"").uuid().toString();
            scene.kvs.put(key, "\"new\"");
            Keyboard keyboard = loggedIn(window);
            keyboard.page().navigate(scene.url("/key?k=" + key));
            keyboard.press("main td a:text-is('" + old + "')", "h1:text-is('Compare')");
            keyboard.press("main button:text-is('Restore this revision')", ".notice:has-text('Restored')");
            assertThat(scene.kvs.get(key).orElseThrow().text()).isEqualTo("\"old\"");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLoserOfAConflictIsBroughtBack(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            page.navigate(scene.url("/conflicts"));
            keyboard.press("main button:text-is('Plant a demonstration conflict')", ".notice");
            String row = "tr:has(a:text-is('demo/conflict')):has-text('open')";
            await().atMost(SOON).until(() -> {
                page.reload();
                return page.locator(row).count() > 0;
            });
            keyboard.press(row + " a:text-is('Inspect')", "h2:text-is('Why one of them stands')");
            assertThat(page.locator("#why ~ .steps li").count()).isPositive();
            assertThat(page.textContent("main")).contains("9.50").contains("9.90");
            keyboard.press("main button:has-text('Restore version')", ".notice:has-text('Restored')");
            page.navigate(scene.url("/conflicts"));
            assertThat(page.textContent("tr:has(a:text-is('demo/conflict'))")).contains("resolved");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUserIsMadeAndHisTokenShownOnce(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            String name = "user-" + scripts;
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            page.navigate(scene.url("/access"));
            keyboard.write("#user-name", name);
            keyboard.write("#user-password", ConsoleScene.PASSWORD);
            keyboard.press("button:text-is('Make the user')", ".notice");
            keyboard.write("#token-user", name);
            keyboard.write("#token-label", "for a test");
            keyboard.press("button:text-is('Make a token')", "h2:text-is('Copy it now')");
            judge(page, "token", scripts);
            String token = page.textContent(".line code");
            try (KvsClient his =
                    KvsClient.builder(scene.cluster.node(1).url()).token(token).build()) {
                assertThat(his.access().whoAmI().user()).isEqualTo(name);
            }
            page.navigate(scene.url("/access"));
            assertThat(page.content()).contains("for a test").doesNotContain(token);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void somebodyLogsInByNameAndOut(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            Keyboard keyboard = new Keyboard(window.newPage());
            Page page = keyboard.page();
            page.navigate(scene.url("/keys?prefix=recipes"));
            assertThat(page.url()).contains("/login?to=");
            keyboard.write("#user", ConsoleScene.HOSTILE);
            keyboard.write("#password", "wrong");
            keyboard.press("main button.main", ".problem:has-text('wrong')");
            assertThat(page.inputValue("#user")).isEqualTo(ConsoleScene.HOSTILE);
            keyboard.write("#user", "reader");
            keyboard.write("#password", ConsoleScene.PASSWORD);
            keyboard.press("main button.main", "h1:text-is('Keys')");
            assertThat(page.url()).isEqualTo(scene.url("/keys?prefix=recipes"));
            keyboard.press("button:text-is('Log out')", "h1:text-is('Log in')");
            page.navigate(scene.url("/"));
            assertThat(page.textContent("h1")).isEqualTo("Log in");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void membersAreComparedNow(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            Keyboard keyboard = loggedIn(window);
            keyboard.press(".rooms a:text-is('Convergence')", "h1:text-is('Convergence')");
            keyboard.press("button:text-is('Compare now')", ".notice:has-text('Compared')");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void permissionsAreChangedInAGrid(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            scene.kvs.put("guarded", "1");
            Keyboard keyboard = loggedIn(window);
            keyboard.page().navigate(scene.url("/key?k=guarded"));
            String before = scene.kvs.access().metadata("guarded").orElseThrow().mode();
            keyboard.press("dd a:text-is('" + before + "')", "h1:text-is('Permissions')");
            keyboard.goTo("input[aria-label='others may read']");
            keyboard.page().keyboard().press("Space");
            keyboard.write("#group", "admin");
            keyboard.press("button:text-is('Change')", ".notice:has-text('Changed')");
            Metadata after = scene.kvs.access().metadata("guarded").orElseThrow();
            assertThat(after.group()).isEqualTo("admin");
            assertThat(after.mode().endsWith("r")).isNotEqualTo(before.endsWith("r"));
            assertThat(after.mode()).startsWith(before.substring(0, 11));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allBelowAPrefixIsDeletedOnceThePrefixIsTyped(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            for (int i = 0; i < 1_005; i += 201) {
                List<BatchOperation> puts = IntStream.range(i, i + 201)
                        .mapToObj(n -> BatchOperation.put("old/stuff/" + n, "1"))
                        .toList();
                scene.kvs.batch(puts, WriteOptions.NONE);
            }
            scene.kvs.put("old/stuffing", "1");
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            page.navigate(scene.url("/keys?prefix=old/stuff"));
            keyboard.press("a:has-text('Delete all of these')", "h2:has-text('more than 1\u202f000 keys')");
            keyboard.write("#delete-typed", "old/stuf");
            keyboard.press("main button.main", ".problem:has-text('Nothing was deleted')");
            keyboard.write("#delete-typed", "old/stuff");
            keyboard.press("main button.main", ".notice:has-text('there are more')");
            assertThat(page.textContent("#samples")).isEqualTo("Below it are 5 keys");
            keyboard.write("#delete-typed", "old/stuff");
            keyboard.press("main button.main", ".notice:has-text('Deleted all')");
            assertThat(scene.kvs.range(RangeQuery.below("old/stuff")).entries()).isEmpty();
            assertThat(scene.kvs.exists("old/stuffing")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysAreFoundByPatternAndByWhatIsInThem(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            Keyboard keyboard = loggedIn(window);
            Page page = keyboard.page();
            page.navigate(scene.url("/keys"));
            keyboard.press("summary", "#search-q");
            keyboard.write("#search-q", "rec*/r?4");
            keyboard.press("button:text-is('Search')", "h1:text-is('Keys like rec*/r?4')");
            assertThat(page.locator("main tbody tr").count()).isEqualTo(9);
            keyboard.write("#search-at", "/eggs");
            keyboard.write("#search-is", "14");
            keyboard.press("button:text-is('Search')", "main tbody a:text-is('recipes/r14')");
            assertThat(page.locator("main tbody tr").count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyIsMarkedFoundAgainAndCopied(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            String key = "marked/" + scripts;
            scene.kvs.put(key, "{\"a\":1}");
            Keyboard keyboard = loggedIn(window);
            keyboard.page().navigate(scene.url("/key?k=" + key));
            keyboard.press("button:text-is('Bookmark')", "button:text-is('Remove the bookmark')");
            keyboard.page().navigate(scene.url("/keys"));
            assertThat(keyboard.page().textContent("nav.tree")).contains("Bookmarks", "Lately looked at");
            keyboard.press("h2:text-is('Bookmarks') + ul a:text-is('" + key + "')", "a:text-is('Copy')");
            keyboard.press("a:text-is('Copy')", "#k");
            keyboard.press("button[value=review]", "button[value=save]");
            keyboard.press("button[value=save]", ".notice:has-text('Saved')");
            assertThat(scene.kvs.get(key + "-copy").orElseThrow().text()).isEqualToIgnoringWhitespace("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyIsMoved(boolean scripts) {
        try (BrowserContext window = browser.window(scripts, ConsoleBrowser.DESK)) {
            String key = "moving/" + scripts;
            scene.kvs.put(key, "9223372036854775807");
            Keyboard keyboard = loggedIn(window);
            keyboard.page().navigate(scene.url("/key?k=" + key));
            keyboard.press("a:text-is('Move')", "#move-to");
            keyboard.write("#move-to", "users/ada");
            keyboard.press("main button.main", ".problem:has-text('stored under users/ada already')");
            keyboard.write("#move-to", "moved/" + scripts);
            keyboard.press("main button.main", "h2:text-is('Review')");
            judge(keyboard.page(), "key-move-review", scripts);
            keyboard.press("main button.main", ".notice:has-text('Moved')");
            assertThat(scene.kvs.exists(key)).isFalse();
            assertThat(scene.kvs.get("moved/" + scripts).orElseThrow().text()).isEqualTo("9223372036854775807");
        }
    }

    @Test
    void aListenerGoesOnWhereHeStopped() {
        try (BrowserContext window = browser.window(false, ConsoleBrowser.DESK)) {
            Keyboard keyboard = loggedIn(window);
            keyboard.page().navigate(scene.url("/watch?prefix=heard"));
            scene.kvs.put("heard/one", "1");
            keyboard.press("a:text-is('Go on listening')", "tbody td:has-text('heard/one')");
            keyboard.press("a:text-is('Pause')", "[data-watch=still] tbody td:has-text('heard/one')");
            assertThat(keyboard.page().inputValue("#prefix")).isEqualTo("heard");
        }
    }

    @Test
    void oneKeyLeadsWhereTabsWouldTakeLong() {
        try (BrowserContext window = browser.window()) {
            Page page = loggedIn(window).page();
            page.keyboard().press("g");
            page.keyboard().press("k");
            page.waitForURL("**/ui/keys");
            page.keyboard().press("/");
            page.keyboard().type("users/ada");
            page.keyboard().press("Enter");
            page.waitForURL("**/ui/keys?q=**");
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            page.waitForURL("**/ui/key?k=**");
            page.keyboard().press("?");
            assertThat(page.isVisible("#help")).isTrue();
            assertThat(ConsoleBrowser.judge(page, "help")).isEmpty();
            page.keyboard().press("Escape");
            page.keyboard().press("e");
            page.waitForURL("**/ui/key/edit**");
            page.navigate(scene.url("/keys"));
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
        }
    }

    @Test
    void openPagesShowWhatOthersChangeAndAFormIsLeftAlone() {
        try (BrowserContext window = browser.window()) {
            scene.kvs.put("live/one", "\"before\"");
            Page reader = loggedIn(window).page();
            reader.navigate(scene.url("/key?k=live/one"));
            Page watcher = window.newPage();
            watcher.navigate(scene.url("/watch?prefix=live"));
            Page writer = window.newPage();
            writer.navigate(scene.url("/key/edit?k=live/one"));
            writer.fill("#text", "\"typed\"");
            reader.bringToFront();
            // The stream may still be opening: whatever is written after it has begun is told.
            int[] round = {0};
            await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).until(() -> {
                scene.kvs.put("live/one", "\"after " + round[0]++ + "\"");
                return reader.textContent("pre").contains("after");
            });
            watcher.bringToFront();
            watcher.waitForSelector("tbody td:has-text('live/one')");
            writer.bringToFront();
            assertThat(writer.inputValue("#text")).isEqualTo("\"typed\"");
        }
    }
}
