package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** How many requests of each kind are answered at a time; whoever comes beyond is told so at once. */
final class Lanes {
    /**
     * Calls of nodes that are answered at a time, beside those of clients: a node that is busy with its clients must still
     * answer when others ask whether it lives, and bodies are held in memory whole.
     */
    private static final int NODE_CALLS = 128;

    /** More than a supervisor and a few balancers ask at a time. */
    private static final int HEALTH_CHECKS = 64;

    /** Exports and imports at a time. Each holds up to 8 MiB, and a few of them have all that a disk gives. */
    private static final int BULK = 16;

    private final Map<Route.Lane, Semaphore> permits = new EnumMap<>(Route.Lane.class);
    private final OpenStreams streams;

    Lanes(DoorSettings settings, OpenStreams streams) {
        this.streams = streams;
        for (Route.Lane lane : Route.Lane.values()) {
            permits.put(lane, new Semaphore(permitsOf(lane, settings)));
        }
    }

    private static int permitsOf(Route.Lane lane, DoorSettings settings) {
        return switch (lane) {
            case REQUEST -> settings.maxConcurrentRequests();
            case HEALTH -> HEALTH_CHECKS;
            case NODE -> NODE_CALLS;
            case WATCH -> settings.maxWatchers();
            case BULK -> BULK;
        };
    }

    /** What an operator may raise; nothing for what is fixed. */
    private static String limit(Route.Lane lane) {
        return switch (lane) {
            case REQUEST -> " (max_concurrent_requests)";
            case WATCH -> " (max_watchers)";
            case HEALTH, NODE, BULK -> "";
        };
    }

    /** Lets a route answer; {@code overloaded} when its lane is full. */
    void answer(Route route, Exchange exchange) {
        Semaphore lane = permits.get(route.lane());
        if (lane == null || !lane.tryAcquire()) {
            throw new KvsException(
                    ErrorCode.OVERLOADED,
                    "The node answers as many requests as it may at a time" + limit(route.lane())
                            + ". Try again later.");
        }
        try {
            answerIn(route, exchange);
        } finally {
            lane.release();
        }
    }

    private void answerIn(Route route, Exchange exchange) {
        if (!route.lane().isLong()) {
            route.action().answer(exchange);
            return;
        }
        String socket = exchange.request().socketId();
        streams.begin(socket);
        try {
            route.action().answer(exchange);
        } finally {
            streams.end(socket);
        }
    }
}
