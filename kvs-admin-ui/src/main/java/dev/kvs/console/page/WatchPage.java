package dev.kvs.console.page;

import dev.kvs.client.Watch;
import dev.kvs.client.WatchEvent;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.StreamedDocument;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code /watch}: what happens below a prefix. The page listens for a moment, shows what it has heard and has a link that goes on
 * exactly behind it; a script follows that link by itself. Paused, it stands still.
 */
final class WatchPage implements Page {
    private static final long LISTEN_MILLIS = 1_000;

    /** A script waits longer: one request in so many seconds when nothing happens. */
    private static final long SCRIPT_MILLIS = 20_000;

    private static final int EVENTS_MAX = 100;
    private static final int TEXT_MAX = 120;

    private static final String NOTHING = "Nothing has happened here while this page was listening. Change a value in"
            + " another tab, then go on listening: no change between the two is missed.";
    private static final String STILL = "This page stands still. Go on listening: no change since then is missed.";

    /**
     * What the page shows.
     *
     * @param next goes on listening
     * @param pause shows the same and listens no more; empty when it does so already
     */
    public record Model(
            String prefix, @Nullable Table table, @Nullable Empty empty, String next, String pause, String line) {
        /** Whether it listens no more. */
        public boolean still() {
            return pause.isEmpty();
        }
    }

    @Override
    public Outcome answer(Visit visit) {
        String prefix = visit.query().text("prefix").strip();
        String since = visit.query().text("since");
        boolean script = visit.request().isRefresh();
        String paused = visit.query().text("paused");
        Table.Builder table = Table.of("What has happened", "When", "What", "Key", "Value");
        int most = paused.isEmpty() ? EVENTS_MAX : shown(visit);
        String heardUpTo =
                most == 0 ? "" : listen(visit, prefix, since, script ? SCRIPT_MILLIS : LISTEN_MILLIS, most, table);
        String position = paused.isEmpty() ? heardUpTo : paused;
        Table heard = table.build();
        Empty empty = !heard.isEmpty() ? null : new Empty(paused.isEmpty() ? NOTHING : STILL, "", "", "");
        Model model = new Model(
                prefix,
                heard.isEmpty() ? null : heard,
                empty,
                "/watch" + Form.query("prefix", prefix, "since", position),
                paused.isEmpty() ? pausing(prefix, since, position, heard.rows().size()) : "",
                prefix.isEmpty() ? Links.kvsctl(visit, "watch") : Links.kvsctl(visit, "watch", prefix));
        return Outcome.view("watch", "Watch", "Watch", model);
    }

    /** Where a page stands still: what it shows is heard again from where it began. */
    private static String pausing(String prefix, String since, String position, int rows) {
        String shown = since.isEmpty() ? "" : String.valueOf(rows);
        return "/watch" + Form.query("prefix", prefix, "since", since, "shown", shown, "paused", position);
    }

    private static int shown(Visit visit) {
        String rows = visit.query().text("shown");
        return rows.matches("[0-9]{1,3}") ? Math.min(EVENTS_MAX, Integer.parseInt(rows)) : 0;
    }

    /** Listens until the time is over or something has come; gives where to go on. */
    private static String listen(Visit visit, String prefix, String since, long millis, int most, Table.Builder table) {
        Watch watch = visit.kvs().watch(prefix, since.isEmpty() ? null : since);
        CountDownLatch heard = new CountDownLatch(1);
        Thread clock = Thread.ofVirtual().name("console-watch").start(() -> {
            try {
                boolean _ = heard.await(millis, TimeUnit.MILLISECONDS);
                if (heard.getCount() == 0) {
                    // What came together is shown together.
                    boolean _ = new CountDownLatch(1).await(Math.min(millis, LISTEN_MILLIS) / 4, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                watch.close();
            }
        });
        try {
            int events = 0;
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                row(visit, table, event);
                heard.countDown();
                if (++events == most) {
                    break;
                }
            }
            return watch.position();
        } finally {
            watch.close();
            clock.interrupt();
        }
    }

    private static void row(Visit visit, Table.Builder table, WatchEvent event) {
        StreamedDocument document = event.document();
        if (document == null) {
            table.row(
                    Cell.text("now"),
                    Cell.badge(Badge.warn("read again")),
                    Cell.none(),
                    Cell.text("Changes before this are not kept."));
            return;
        }
        String text = document.data() == null ? "" : document.data().text();
        table.row(
                Numbers.when(document.timestamp(), visit.now()),
                Cell.badge(event.kind() == WatchEvent.Kind.PUT ? Badge.good("put") : Badge.warn("delete")),
                Cell.code(document.key()).to(Links.key(document.key())),
                Cell.code(text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text));
    }
}
