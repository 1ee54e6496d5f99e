package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes every request from the server, as its only filter and instead of its routing, which works on a decoded and
 * normalised path: here a key is what the raw path says, or it is refused. Then the route table decides, and whatever is
 * thrown becomes a problem document.
 */
final class Dispatcher implements Filter {
    private static final String HTTP_1 = "1.1";

    private final RouteTable table;
    private final RequestIds requestIds;
    private final Bodies bodies;
    private final Deadlines deadlines;
    private final Duration requestTimeout;
    private final StreamRest rest;
    private final Lanes lanes;
    private final WriteGate writes;
    private final int maxTargetBytes;
    private final ClusterView cluster;
    private final RunningRequests running;
    private final RequestMeters meters;
    private final Gate gate;
    private final Time time;

    Dispatcher(
            RouteTable table,
            RequestIds requestIds,
            Bodies bodies,
            Deadlines deadlines,
            DoorSettings settings,
            Lanes lanes,
            WriteGate writes,
            ClusterView cluster,
            RunningRequests running,
            RequestMeters meters,
            Gate gate,
            Time time) {
        this.table = table;
        this.requestIds = requestIds;
        this.bodies = bodies;
        this.deadlines = deadlines;
        this.requestTimeout = settings.requestTimeout();
        this.rest = new StreamRest(deadlines, requestTimeout);
        this.lanes = lanes;
        this.maxTargetBytes = settings.maxTargetBytes();
        this.writes = writes;
        this.cluster = cluster;
        this.running = running;
        this.meters = meters;
        this.gate = gate;
        this.time = time;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean counted = running.begin();
        try {
            dispatch(request, response);
        } catch (RuntimeException gone) {
            if (!isHttp1(request)) {
                StreamRest.giveUp(request);
            }
            throw gone;
        } finally {
            if (counted) {
                running.end();
            }
        }
    }

    private void dispatch(RoutingRequest request, RoutingResponse response) {
        long start = time.monotonicNanos();
        String requestId = requestIds.of(request.headers());
        response.header(RequestIds.HEADER, requestId);
        Exchange exchange = new Exchange(request, response, requestId, bodies, deadlines, requestTimeout);
        Route route = null;
        boolean refused = false;
        try {
            RouteTable.Match match = match(request);
            route = allowed(match.resource(), request.prologue().method().text(), response);
            gate.admit(route, exchange, response);
            prepare(match, route, exchange, request);
            lanes.answer(route, exchange);
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (RuntimeException | StackOverflowError failure) {
            refused = true;
            refuse(route, exchange, failure, request, response);
        } finally {
            exchange.end();
            meters.record(route, response.status().code(), time.monotonicNanos() - start);
        }
        if (isHttp1(request)) {
            finish(request);
        } else if (request.content().hasEntity() && (refused || !isConsumed(request))) {
            rest.drop(request);
        }
    }

    private RouteTable.Match match(ServerRequest request) {
        BodyReader.checkFraming(request.headers());
        HttpPrologue prologue = request.prologue();
        String rawPath = prologue.uriPath().rawPath();
        String rawQuery = prologue.query().rawValue();
        if (rawPath.length() + rawQuery.length() > maxTargetBytes) {
            throw new KvsException(
                    ErrorCode.URI_TOO_LONG,
                    "The path and query are longer than the limit of " + maxTargetBytes + " bytes.");
        }
        if (prologue.fragment().hasValue()) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "A request has no fragment; escape '#' as %23.");
        }
        RouteTable.Match match = table.match(rawPath);
        if (match == null) {
            throw new KvsException(
                    ErrorCode.UNKNOWN_PATH,
                    "There is nothing at " + Quoted.of(rawPath) + "; GET /openapi lists what there is.");
        }
        return match;
    }

    /** Checks what the request says, once it is known who says it. */
    private void prepare(RouteTable.Match match, Route route, Exchange exchange, ServerRequest request) {
        String rawQuery = request.prologue().query().rawValue();
        exchange.matched(key(match), id(match), QueryParameters.of(rawQuery, route));
        checkBody(request, route);
        if (route.access().changesData()) {
            writes.check();
        }
    }

    private static Route allowed(Resource resource, String method, ServerResponse response) {
        Route route = resource.route(method);
        if (route == null) {
            response.header(HeaderNames.ALLOW, resource.allow());
            throw new KvsException(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    Quoted.of(method) + " is not a method of this path; use " + resource.allow() + ".");
        }
        return route;
    }

    private static @Nullable Key key(RouteTable.Match match) {
        String rawKey = match.rawKey();
        return rawKey == null ? null : Key.of(PercentDecoding.key(rawKey));
    }

    private static @Nullable String id(RouteTable.Match match) {
        String rawId = match.rawId();
        return rawId == null ? null : PercentDecoding.parameter(rawId);
    }

    private static void checkBody(ServerRequest request, Route route) {
        if (route.takesBody()) {
            ContentTypes.check(request.headers(), route);
        } else if (BodyReader.announcedLength(request.headers()) > 0
                || request.headers().contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "This request takes no body.");
        }
    }

    private void refuse(
            @Nullable Route route,
            Exchange exchange,
            Throwable failure,
            ServerRequest request,
            ServerResponse response) {
        KvsException refusal = Problems.refusal(failure, exchange.requestId());
        gate.refused(route, exchange, refusal, response);
        if (response.isSent() || exchange.isStreaming()) {
            throw new CloseConnectionException("the answer was cut off", failure);
        }
        if (isHttp1(request) && !isConsumed(request)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        exchange.sendProblem(refusal, Problems.concernsThisNodeAlone(refusal.code()) ? cluster.accepting() : List.of());
    }

    /** Leaves nothing behind that would be taken for the next request: a body that was not read ends the connection. */
    private static void finish(ServerRequest request) {
        if (!isConsumed(request)) {
            throw new CloseConnectionException("the body was not read");
        }
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new AnsweredAndClosedException();
        }
    }

    private static boolean isConsumed(ServerRequest request) {
        return !request.content().hasEntity() || request.content().consumed();
    }

    private static boolean isHttp1(ServerRequest request) {
        return request.prologue().protocolVersion().equals(HTTP_1);
    }
}
