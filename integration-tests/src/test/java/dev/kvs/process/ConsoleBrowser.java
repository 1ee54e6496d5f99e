package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The system's Chromium. Whatever it complains of is kept: errors of scripts, refused content, dialogs. */
final class ConsoleBrowser implements AutoCloseable {
    /** Kept by the automatic build. */
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final double LONGEST_MILLIS = 120_000;
    private static final int HEIGHT = 900;

    static final int DESK = 1280;

    /** The narrowest window that a page must fit, after WCAG's criterion of reflow. */
    static final int PHONE = 320;

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    ConsoleBrowser() throws IOException {
        Files.createDirectories(SCREENSHOTS);
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    private static Path executable() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no Chromium on PATH: apt-get install chromium"));
    }

    /** A window with cookies of its own. */
    BrowserContext window(boolean scripts, int width) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts)
                .setViewportSize(width, HEIGHT));
        context.setDefaultTimeout(LONGEST_MILLIS);
        context.onPage(page -> {
            page.onConsoleMessage(message -> listen(page, message));
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
            page.onDialog(dialog -> {
                complaints.add(page.url() + ": a dialog says " + dialog.message());
                dialog.dismiss();
            });
        });
        return context;
    }

    BrowserContext window() {
        return window(true, DESK);
    }

    private void listen(Page page, ConsoleMessage message) {
        // Chromium notes it as an error when a page itself answers with 400 or more, which is what such pages are for.
        boolean ownStatus = message.text().startsWith("Failed to load resource: the server")
                && message.location().startsWith(page.url());
        if (message.type().equals("error") && !ownStatus) {
            complaints.add(page.url() + ": " + message.text() + " (" + message.location() + ")");
        }
    }

    /** What was complained of since the last time. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /**
     * Opens a page, takes its pictures and says what is wrong with it in either theme: what axe finds, and what is wider than
     * the window.
     */
    static List<String> judge(Page page, String name, String url) {
        Response response = page.navigate(url);
        assertThat(response.headerValue("content-security-policy")).as(url).isNotNull();
        assertThat(page.locator("main img").count()).as(url).isZero();
        return judge(page, name);
    }

    /** The same of the page that is open. */
    static List<String> judge(Page page, String name) {
        List<String> wrong = new ArrayList<>();
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            violations(page).forEach(found -> wrong.add(name + ", " + theme + ": " + found));
            Path file = SCREENSHOTS.resolve(theme.name().toLowerCase(Locale.ROOT) + "-" + name + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        }
        if (overhang(page) > 0) {
            wrong.add(name + ": " + overhang(page) + " pixels too wide");
        }
        return wrong;
    }

    private static List<String> violations(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        // The pages have no frames, which is what axe's other way of working is for.
        AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
        axe.options(options);
        List<String> found = new ArrayList<>();
        axe.analyze()
                .getViolations()
                .forEach(rule -> rule.getNodes()
                        .forEach(node ->
                                found.add(rule.getId() + ", " + node.getHtml() + ", " + node.getFailureSummary())));
        return found;
    }

    /** Pixels by which the page is wider than the window: then a person has to scroll in two directions. */
    static int overhang(Page page) {
        Object wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return ((Number) wide).intValue();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
