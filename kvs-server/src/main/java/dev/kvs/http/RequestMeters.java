package dev.kvs.http;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many requests, how long and with what outcome, by route. All histograms are made at the start and found by the route
 * object and the class of the status, without building a key: this runs for every request.
 */
final class RequestMeters {
    private static final String NAME = "kvs_http_requests_seconds";
    private static final String HELP = "Requests answered, and how long that took in seconds.";
    private static final String NO_ROUTE = "none";

    /** 2xx to 5xx. */
    private static final int CLASS_MIN = 2;

    private static final int CLASS_MAX = 5;
    private static final int CLASS = 100;

    private final IdentityHashMap<Route, Histogram[]> byRoute = new IdentityHashMap<>();
    private final Histogram[] withoutRoute;

    RequestMeters(Meters meters, List<Route> routes) {
        routes.forEach(route -> byRoute.put(route, histograms(meters, route.method(), route.template())));
        withoutRoute = histograms(meters, NO_ROUTE, NO_ROUTE);
    }

    private static Histogram[] histograms(Meters meters, String method, String template) {
        Histogram[] histograms = new Histogram[CLASS_MAX - CLASS_MIN + 1];
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] =
                    meters.histogram(NAME, HELP, "method", method, "route", template, "status", (i + CLASS_MIN) + "xx");
        }
        return histograms;
    }

    /** Counts one answer; {@code route} is null when none was found. */
    void record(@Nullable Route route, int status, long nanos) {
        Histogram[] histograms = route == null ? withoutRoute : byRoute.getOrDefault(route, withoutRoute);
        histograms[Math.clamp(status / CLASS, CLASS_MIN, CLASS_MAX) - CLASS_MIN].record(nanos);
    }
}
