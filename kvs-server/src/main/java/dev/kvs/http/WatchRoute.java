package dev.kvs.http;

import static dev.kvs.http.DocumentLine.ascii;

import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.replication.Changes;
import dev.kvs.security.Rights;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /kv/_watch}: what happens to documents, as Server-Sent Events (HTML standard, 9.2).
 *
 * <pre>{@code
 * event: put
 * id: Zn8...
 * data: {"key":"users/ada","uuid":"0192...","timestamp":1760000000000,"data":{"name":"Ada"}}
 * }</pre>
 *
 * <p>{@code put} and {@code delete} are shown once each, those of a key in order. {@code resync} says that something before it
 * is not kept any more: read what is watched again. The id is a position that any node takes in {@code Last-Event-ID}. An
 * expiry is no event, since nothing happens when it comes: {@code expires_at} has told.
 *
 * <p>A watch ends when the client goes, when it does not take what is sent to it, when its token is no longer good, and when
 * the node drains.
 */
final class WatchRoute {
    /** Comments between events tell both sides that the connection lives; proxies give up after a minute of silence. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Replication takes less than a second; a node that is behind for longer may be so for hours. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private static final Header EVENTS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.EVENT_STREAM);
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create(Headers.LAST_EVENT_ID);

    /** Proxies such as nginx would otherwise keep events back until a buffer is full. */
    private static final Header UNBUFFERED = HeaderValues.createCached("X-Accel-Buffering", "no");

    private static final byte[] RETRY = ascii("retry: 1000\n");
    private static final byte[] PUT = ascii("event: put\nid: ");
    private static final byte[] DELETE = ascii("event: delete\nid: ");
    private static final byte[] RESYNC =
            ascii("event: resync\ndata: {\"reason\":\"Changes before this one are not kept any"
                    + " more. Read what you watch again.\"}\n\n");
    private static final byte[] ID = ascii("id: ");
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] EVENT_END = ascii("\n\n");
    private static final byte[] COMMENT = ascii(": alive\n");

    private final Changes changes;
    private final Time time;
    private final BooleanSupplier draining;

    WatchRoute(Changes changes, Time time, BooleanSupplier draining) {
        this.changes = changes;
        this.time = time;
        this.draining = draining;
    }

    List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/kv/" + Operation.WATCH.segment(),
                Set.of(Parameters.PREFIX, Parameters.SINCE),
                List.of(),
                Access.READ,
                Route.Lane.WATCH,
                this::watch));
    }

    private void watch(Exchange exchange) {
        KeyPrefix prefix = KeyPrefix.of(exchange.query());
        Changes.Position position = position(exchange);
        if (draining.getAsBoolean()) {
            throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node is shutting down; watch another one.");
        }
        exchange.header(EVENTS);
        exchange.header(Answers.NO_CACHE);
        exchange.header(UNBUFFERED);
        if (exchange.isHead()) {
            exchange.send(Status.OK_200);
            return;
        }
        AnswerStream answer = exchange.stream(Status.OK_200);
        answer.write(RETRY);
        follow(exchange, answer, prefix, position);
        answer.end();
    }

    private void follow(Exchange exchange, AnswerStream answer, KeyPrefix prefix, Changes.Position from) {
        Changes.Position position = from;
        if (!catchUp(exchange, from)) {
            answer.write(RESYNC);
        }
        // The first comment goes out at once: it tells the position from which a watch that saw nothing goes on.
        long beat = time.monotonicNanos();
        boolean goesOn = true;
        while (goesOn && !draining.getAsBoolean()) {
            long syncs = changes.syncs();
            Optional<Rights> rights = rightsNow(exchange);
            if (rights.isEmpty()) {
                return;
            }
            Changes.Step step = changes.after(position, prefix::holds, rights.get());
            position = step.position();
            step.changes().forEach(change -> write(answer, change));
            if (step.hole()) {
                answer.write(RESYNC);
            }
            // Also while there is more: who follows a few keys may be far behind without hearing of anything.
            boolean beats = beat - time.monotonicNanos() <= 0;
            if (beats) {
                heartbeat(answer, position);
                beat = time.monotonicNanos() + HEARTBEAT.toNanos();
            }
            if (beats || !step.more()) {
                answer.flush();
            }
            if (!step.more()) {
                Duration quiet = Duration.ofNanos(Math.max(0, beat - time.monotonicNanos()));
                goesOn = exchange.waiting(quiet, atMost -> changes.await(syncs, atMost.toNanos()));
            }
        }
    }

    /** Nothing when the caller may no longer watch: the stream ends, and asking again tells him why. */
    private static Optional<Rights> rightsNow(Exchange exchange) {
        try {
            return Optional.of(exchange.rightsNow());
        } catch (KvsException noLonger) {
            return Optional.empty();
        }
    }

    /** Waits until this node has what the follower saw elsewhere; false when that takes too long, or for ever. */
    private boolean catchUp(Exchange exchange, Changes.Position position) {
        long until = time.monotonicNanos() + CATCH_UP.toNanos();
        boolean goesOn = true;
        while (goesOn && !changes.covers(position)) {
            long syncs = changes.syncs();
            Duration left = Duration.ofNanos(until - time.monotonicNanos());
            goesOn = left.isPositive()
                    && !changes.covers(position)
                    && exchange.waiting(left, atMost -> changes.await(syncs, atMost.toNanos()));
        }
        return goesOn;
    }

    private void write(AnswerStream answer, Changes.Change change) {
        Version version = change.version();
        byte[] document = version.isLiveAt(time.epochMillis()) ? version.body() : null;
        if (change.hole()) {
            answer.write(RESYNC);
        }
        answer.write(document == null ? DELETE : PUT)
                .write(ascii(Positions.write(change.position())))
                .write(DATA);
        DocumentLine.write(answer, version, document);
        answer.write(EVENT_END);
    }

    /** A comment, and where the watch stands: what is not of interest need not be looked at again after a break. */
    private static void heartbeat(AnswerStream answer, Changes.Position position) {
        answer.write(COMMENT).write(ID).write(ascii(Positions.write(position))).write(EVENT_END);
    }

    private Changes.Position position(Exchange exchange) {
        String header = exchange.headers().contains(LAST_EVENT_ID)
                ? exchange.headers().get(LAST_EVENT_ID).get()
                : null;
        String since = exchange.query().get(Parameters.SINCE);
        if (header != null && !header.isEmpty()) {
            return Positions.read(header)
                    .orElseThrow(() -> new KvsException(
                            ErrorCode.INVALID_HEADER,
                            Headers.LAST_EVENT_ID + " must be the id of an event of a watch."));
        }
        if (since != null) {
            return Positions.read(since)
                    .orElseThrow(
                            () -> QueryParameters.invalid(Parameters.SINCE, "must be the id of an event of a watch"));
        }
        return changes.now();
    }
}
