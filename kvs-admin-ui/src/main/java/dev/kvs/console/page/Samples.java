package dev.kvs.console.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The node's meters over the last minutes, as they were when somebody looked: rates need two looks. Kept for all visitors
 * together, because they are the node's. Safe for concurrent use.
 */
public final class Samples {
    /** Ten minutes of a page that is fetched every two seconds. */
    private static final int MOST = 300;

    /** Two visitors at once make one sample. */
    private static final long GAP_MILLIS = 1_000;

    /** A route's own parameters stand in braces, too: the labels go up to the last one. */
    private static final Pattern REQUESTS =
            Pattern.compile("^kvs_http_requests_seconds_(count|sum)\\{(.*)} ([0-9.eE+-]+)$", Pattern.MULTILINE);

    /** Documents' routes, but for those that last as long as somebody listens or has more to send. */
    private static final Pattern ROUTE = Pattern.compile("route=\"/kv/(?!_(?:watch|export|import)\")");

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * The totals at a moment.
     *
     * @param requests to documents, since the node's start
     * @param seconds that they took together
     */
    private record Sample(long millis, double requests, double seconds) {}

    /**
     * What went on between two looks.
     *
     * @param millis when it ended
     * @param lasted milliseconds
     * @param perSecond operations on documents
     * @param latencyMillis mean
     */
    public record Rate(long millis, long lasted, double perSecond, double latencyMillis) {}

    /** Adds the node's metrics as they are now. */
    public void add(long millis, String metrics) {
        double requests = 0;
        double seconds = 0;
        Matcher line = REQUESTS.matcher(metrics);
        while (line.find()) {
            if (ROUTE.matcher(line.group(2)).find()) {
                double value = Double.parseDouble(line.group(3));
                if (line.group(1).equals("count")) {
                    requests += value;
                } else {
                    seconds += value;
                }
            }
        }
        synchronized (samples) {
            Sample last = samples.peekLast();
            if (last != null && requests < last.requests()) {
                samples.clear();
            }
            if (samples.isEmpty() || millis - samples.getLast().millis() >= GAP_MILLIS) {
                samples.addLast(new Sample(millis, requests, seconds));
            }
            if (samples.size() > MOST) {
                samples.removeFirst();
            }
        }
    }

    /** What went on between the looks so far, the oldest first. */
    public List<Rate> rates() {
        List<Sample> all;
        synchronized (samples) {
            all = List.copyOf(samples);
        }
        List<Rate> rates = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            Sample before = all.get(i - 1);
            Sample now = all.get(i);
            double passed = (now.millis() - before.millis()) / 1e3;
            double count = now.requests() - before.requests();
            double mean = count == 0 ? 0 : 1e3 * (now.seconds() - before.seconds()) / count;
            rates.add(new Rate(now.millis(), now.millis() - before.millis(), count / passed, mean));
        }
        return rates;
    }
}
