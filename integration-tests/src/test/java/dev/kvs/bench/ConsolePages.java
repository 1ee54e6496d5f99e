package dev.kvs.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast the console's pages are in Chromium, and what open tabs cost the node: first byte and whole page (the load event), from
 * the browser's own clock; then, with many tabs open and nothing changing, the node's processor time. Over HTTP/1.1 a browser opens
 * six connections at most, so tabs with a stream each would not even load.
 */
public final class ConsolePages {
    private static final int VISITS = 20;
    private static final int TABS = 20;
    private static final int SETTLING_SECONDS = 20;
    private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / 100;

    private ConsolePages() {}

    /** Arguments: seconds to watch the tabs for; the node's URL; its process; Chromium; the paths of pages below {@code /ui}. */
    public static void main(String[] arguments) throws IOException {
        int seconds = Integer.parseInt(arguments[0]);
        String node = arguments[1];
        Path process = Path.of("/proc", arguments[2], "stat");
        List<String> paths = Arrays.asList(arguments).subList(4, arguments.length);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(arguments[3]))
                                .setArgs(List.of("--no-sandbox", "--disable-gpu")));
                BrowserContext window = browser.newContext()) {
            Page page = window.newPage();
            System.out.println("| page | first byte, median | whole page, median | slowest |\n|---|---|---|---|");
            for (String path : paths) {
                System.out.println(row(page, node, path));
            }
            page.close();
            tabs(window, node, process, seconds);
        }
    }

    private static String row(Page page, String node, String path) {
        long[] first = new long[VISITS];
        long[] whole = new long[VISITS];
        page.navigate(node + "/ui" + path);
        for (int i = 0; i < VISITS; i++) {
            page.navigate(node + "/ui" + path);
            first[i] = millis(page, "responseStart");
            whole[i] = millis(page, "loadEventStart");
        }
        Arrays.sort(first);
        Arrays.sort(whole);
        return "| `%s` | %d ms | %d ms | %d ms |"
                .formatted(path, first[VISITS / 2], whole[VISITS / 2], whole[VISITS - 1]);
    }

    private static long millis(Page page, String moment) {
        Object found = page.evaluate("performance.getEntriesByType('navigation')[0]." + moment);
        return Math.round(((Number) found).doubleValue());
    }

    private static void tabs(BrowserContext window, String node, Path process, int seconds) throws IOException {
        for (int i = 0; i < TABS; i++) {
            window.newPage().navigate(node + "/ui/");
        }
        pause(SETTLING_SECONDS);
        double open = share(process, seconds);
        window.close();
        pause(SETTLING_SECONDS);
        System.out.printf(
                "%d tabs open for %d s: %.2f %% of a core; closed, for as long: %.2f %%%n",
                TABS, seconds, open, share(process, seconds));
    }

    /** What a process uses of a core, in percent. */
    private static double share(Path process, int seconds) throws IOException {
        long before = busy(process);
        pause(seconds);
        return 100.0 * (busy(process) - before) / TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void pause(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Processor time of a process so far, in nanoseconds. */
    private static long busy(Path stat) throws IOException {
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }
}
