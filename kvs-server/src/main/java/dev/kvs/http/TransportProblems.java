package dev.kvs.http;

import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/**
 * Problem documents for requests that are refused before they reach the dispatcher: a request line or headers that cannot
 * be read. The dispatcher catches everything that happens behind it, so whatever arrives here was caused by what the
 * client sent, {@code INTERNAL_ERROR} included: the server reports headers that end in the middle that way.
 */
final class TransportProblems implements DirectHandler {
    private final RequestIds requestIds;
    private final UnreadInput unreadInput;

    TransportProblems(RequestIds requestIds, UnreadInput unreadInput) {
        this.requestIds = requestIds;
        this.unreadInput = unreadInput;
    }

    /** This handler for every kind of event. */
    DirectHandlers forAllEvents() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, this);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            String message) {
        unreadInput.note();
        String requestId = requestIds.of(request.headers());
        ErrorCode code = code(defaultStatus.code());
        return TransportResponse.builder()
                .status(Problems.status(code))
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.create(Headers.ERROR_CODE), code.code())
                .header(RequestIds.HEADER, requestId)
                .entity(Problems.body(code, detail(code), requestId))
                .keepAlive(false)
                .build();
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 408 -> ErrorCode.REQUEST_TIMEOUT;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 414 -> ErrorCode.URI_TOO_LONG;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            case 503 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.INVALID_REQUEST;
        };
    }

    private static String detail(ErrorCode code) {
        return switch (code) {
            case BODY_TOO_LARGE -> "The body is larger than any request may have.";
            case URI_TOO_LONG -> "The request line is longer than the node's limit.";
            case HEADERS_TOO_LARGE -> "The headers are larger than the node's limit.";
            default -> "The request line or the headers cannot be read; check them against RFC 9112.";
        };
    }
}
