package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.kvs.client.KvsClient;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenRequest;
import org.junit.jupiter.api.Test;

/** What somebody has typed or ticked is not lost, whatever becomes of his session, of the node and of the console meanwhile. */
class ConsoleEditsTest extends ConsoleInBrowser {
    private Page loggedIn(BrowserContext window) {
        Page page = window.newPage();
        scene.logIn(page);
        return page;
    }

    @Test
    void aSessionThatEndsInTheMiddleOfAnEditLosesNothing() {
        try (BrowserContext window = browser.window()) {
            scene.kvs.put("essay", "\"short\"");
            TokenInfo token = scene.kvs.access().createToken(new TokenRequest(null, "to be revoked", null, null));
            Page page = window.newPage();
            scene.logIn(page, String.valueOf(token.token()));
            page.navigate(scene.url("/key/edit?k=essay"));
            String typed = "\"hours of work </textarea><b>\"";
            page.fill("#text", typed);
            scene.kvs.access().revokeToken(token.id());
            page.click("button[value=review]");
            assertThat(page.textContent("main"))
                    .contains("Your session has ended")
                    .contains("kept");
            assertThat(ConsoleBrowser.judge(page, "login-again")).isEmpty();
            page.fill("#token", "nonsense");
            page.click("main button.main");
            assertThat(page.textContent(".problem")).contains("token");
            page.fill("#token", scene.token);
            page.click("main button.main");
            assertThat(page.textContent("pre")).isEqualTo(typed);
            assertThat(ConsoleBrowser.judge(page, "welcome-back")).isEmpty();
            page.click("main button.main");
            page.click("button[value=save]");
            page.waitForSelector(".notice:has-text('Saved')");
            assertThat(scene.kvs.get("essay").orElseThrow().text()).isEqualTo(typed);
        }
    }

    @Test
    void whoLogsInAgainInAnotherTabLosesNothingInThisOne() {
        try (BrowserContext window = browser.window()) {
            scene.kvs.put("tabs", "\"short\"");
            Page page = loggedIn(window);
            page.navigate(scene.url("/key/edit?k=tabs"));
            page.fill("#text", "\"typed before\"");
            Page other = window.newPage();
            logOutAndIn(other);
            page.click("button[value=review]");
            page.waitForSelector("h1:text-is('Send it once more')");
            assertThat(ConsoleBrowser.judge(page, "late-form")).isEmpty();
            page.click("main button.main");
            page.waitForSelector("button[value=save]");
            other.click("button:text-is('Log out')");
            other.waitForSelector("h1:text-is('Log in')");
            page.click("button[value=save]");
            page.waitForSelector("h1:text-is('Log in')");
            // The other tab is faster, which makes this login form one of yesterday.
            scene.logIn(other);
            page.fill("#token", scene.token);
            page.click("main button.main");
            page.waitForSelector(".problem:has-text('Log in once more')");
            page.fill("#token", scene.token);
            page.click("main button.main");
            page.waitForSelector("h1:text-is('Welcome back')");
            page.click("main button.main");
            page.waitForSelector(".notice:has-text('Saved')");
            assertThat(scene.kvs.get("tabs").orElseThrow().text()).isEqualTo("\"typed before\"");
        }
    }

    private void logOutAndIn(Page page) {
        page.navigate(scene.url("/"));
        page.click("button:text-is('Log out')");
        page.waitForSelector("h1:text-is('Log in')");
        scene.logIn(page);
    }

    @Test
    void boxesThatAreTickedOutliveTheSessionToo() {
        try (BrowserContext window = browser.window()) {
            scene.kvs.put("boxes", "1");
            Page page = loggedIn(window);
            page.navigate(scene.url("/key/access?k=boxes"));
            page.check("input[aria-label='others may read']");
            page.check("input[aria-label='group may delete']");
            Page other = window.newPage();
            other.navigate(scene.url("/"));
            other.click("button:text-is('Log out')");
            other.waitForSelector("h1:text-is('Log in')");
            page.click("button:text-is('Change')");
            page.fill("#token", scene.token);
            page.click("main button.main");
            page.waitForSelector("h1:text-is('Welcome back')");
            page.click("main button.main");
            page.waitForSelector(".notice:has-text('Changed')");
            assertThat(scene.kvs.access().metadata("boxes").orElseThrow().permissions())
                    .isEqualTo(0b1111_0111_0001);
        }
    }

    @Test
    void aTokenThatEndsBetweenReviewAndSaveLeadsToALogin() {
        try (BrowserContext window = browser.window()) {
            TokenInfo token = scene.kvs.access().createToken(new TokenRequest(null, "to be revoked", null, null));
            Page page = window.newPage();
            scene.logIn(page, String.valueOf(token.token()));
            page.navigate(scene.url("/key/edit"));
            page.fill("#k", "new/one");
            page.fill("#text", "\"typed\"");
            page.click("button[value=review]");
            scene.kvs.access().revokeToken(token.id());
            page.click("button[value=save]");
            page.waitForSelector("h1:text-is('Log in')");
            page.fill("#token", scene.token);
            page.click("main button.main");
            page.click("main button.main:text-is('Go on where you were')");
            page.waitForSelector(".notice:has-text('Saved')");
            assertThat(scene.kvs.get("new/one").orElseThrow().text()).isEqualTo("\"typed\"");
        }
    }

    @Test
    void anEditOutlivesItsNodeAndTheNodesConsole() throws Exception {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess(folder.resolve("restarted"));
                BrowserContext window = browser.window()) {
            node.start();
            Process alone = ConsoleScene.alone(folder.resolve("beside.log"), node.url(), port);
            try (KvsClient kvs = node.client()) {
                kvs.put("a", "1");
                Page mounted = window.newPage();
                mounted.navigate(node.url() + "/ui/key/edit?k=a");
                mounted.fill("#text", "2");
                Page beside = window.newPage();
                beside.navigate("http://127.0.0.1:" + port + "/key/edit?k=a");
                beside.fill("#text", "3");
                node.kill();
                beside.click("button[value=review]");
                beside.waitForSelector(".problem:has-text('nothing of your text is lost')");
                assertThat(beside.inputValue("#text")).isEqualTo("3");
                assertThat(ConsoleBrowser.judge(beside, "key-edit-silent")).isEmpty();
                mounted.click("button[value=review]");
                mounted.waitForURL("chrome-error://**");
                node.start();
                mounted.goBack();
                assertThat(mounted.inputValue("#text")).isEqualTo("2");
                mounted.click("button[value=review]");
                mounted.click("button[value=save]");
                mounted.waitForSelector(".notice:has-text('Saved')");
                beside.click("button[value=review]");
                beside.click("button[value=save]");
                beside.waitForSelector("h1:has-text('Somebody was faster')");
                assertThat(kvs.get("a").orElseThrow().text()).isEqualTo("2");
            } finally {
                alone.destroy();
            }
        }
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("net::ERR_"));
    }

    @Test
    void aFormOfBeforeTheNodesRestartIsSentOnceMore() throws Exception {
        try (NodeProcess node = new NodeProcess(folder.resolve("anew"));
                BrowserContext window = browser.window(false, ConsoleBrowser.DESK)) {
            node.start();
            Page page = window.newPage();
            page.navigate(node.url() + "/ui/key/edit");
            page.fill("#k", "new");
            page.fill("#text", "2");
            node.kill();
            node.start();
            page.click("button[value=review]");
            page.waitForSelector("h1:text-is('Send it once more')");
            page.click("main button.main");
            page.click("button[value=save]");
            page.waitForSelector(".notice:has-text('Saved')");
        }
    }

    @Test
    void whatIsTooLargeIsStillThereWhenOneGoesBack() {
        try (BrowserContext window = browser.window()) {
            Page page = loggedIn(window);
            page.navigate(scene.url("/key/edit?k=users/ada"));
            String typed = '"' + "y".repeat(4 << 20) + '"';
            page.fill("#text", typed);
            page.click("button[value=review]");
            page.waitForSelector("h1:text-is('The form is too large')");
            assertThat(page.textContent("main")).contains("your browser still has the text");
            assertThat(ConsoleBrowser.judge(page, "error-413")).isEmpty();
            page.goBack();
            assertThat(page.inputValue("#text")).isEqualTo(typed);
        }
    }
}
