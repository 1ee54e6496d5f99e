package dev.kvs.http;

import io.helidon.metrics.api.Timer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How many requests, how long and with what outcome, by route. Timers are found by the route object and the class of the
 * status, without building a key: this runs for every request.
 */
final class RequestMeters {
    private static final String NAME = "kvs.http.requests";
    private static final String HELP = "Requests answered, and how long that took.";
    private static final String NO_ROUTE = "none";

    /** 1xx to 5xx, and an index 0 that stays empty. */
    private static final int CLASSES = 6;

    private static final int CLASS = 100;

    private final Meters meters;
    private final IdentityHashMap<Route, AtomicReferenceArray<@Nullable Timer>> byRoute = new IdentityHashMap<>();
    private final AtomicReferenceArray<@Nullable Timer> withoutRoute = new AtomicReferenceArray<>(CLASSES);

    RequestMeters(Meters meters, List<Route> routes) {
        this.meters = meters;
        routes.forEach(route -> byRoute.put(route, new AtomicReferenceArray<>(CLASSES)));
    }

    /** Counts one answer; {@code route} is null when none was found. */
    void record(@Nullable Route route, int status, long nanos) {
        AtomicReferenceArray<@Nullable Timer> timers = route == null ? withoutRoute : byRoute.get(route);
        if (timers == null) {
            timers = withoutRoute;
        }
        int statusClass = Math.clamp(status / CLASS, 0, CLASSES - 1);
        Timer timer = timers.get(statusClass);
        if (timer == null) {
            timer = make(route, statusClass);
            timers.set(statusClass, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer make(@Nullable Route route, int statusClass) {
        return meters.timer(
                NAME,
                HELP,
                "method",
                route == null ? NO_ROUTE : route.method(),
                "route",
                route == null ? NO_ROUTE : route.template(),
                "status",
                statusClass + "xx");
    }
}
