package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.Problem;
import dev.kvs.wire.WireJson;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where something that went wrong becomes an answer. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Header MEDIA_TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final HeaderName ERROR_CODE = HeaderNames.create(Headers.ERROR_CODE);
    private static final int INTERNAL = 500;

    /** Seconds after which a repeat may succeed. Short: the conditions pass by themselves, and the client adds jitter. */
    private static final Header RETRY_SOON = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "1");

    /** For conditions that someone has to end. */
    private static final Header RETRY_LATER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "30");

    private static final Map<ErrorCode, Status> STATUSES = statuses();

    private Problems() {}

    /** What to tell the caller about anything that was thrown. Faults of the node are logged, and told without details. */
    static KvsException refusal(Throwable thrown, String requestId) {
        if (thrown instanceof KvsException refusal) {
            if (refusal.code().status() == INTERNAL) {
                LOG.error("request {}: {}", requestId, refusal.detail());
            }
            return refusal;
        }
        LOG.error("request {} failed", requestId, thrown);
        return new KvsException(
                ErrorCode.INTERNAL, "The request failed on this node. Its log tells why, under the request id.");
    }

    /** What stands in the head of every refusal. */
    static void headers(ErrorCode code, ServerResponse response) {
        response.header(MEDIA_TYPE);
        response.header(NO_STORE);
        response.header(ERROR_CODE, code.code());
        Header retryAfter = retryAfter(code);
        if (retryAfter != null) {
            response.headers().setIfAbsent(retryAfter);
        }
    }

    /** The problem document as UTF-8. */
    static byte[] body(ErrorCode code, String detail, String requestId) {
        return WireJson.write(Problem.of(code, detail, requestId));
    }

    /** The problem document that names members which may do what is refused here. */
    static byte[] body(KvsException refusal, String requestId, List<String> others) {
        Problem problem =
                Problem.of(refusal.code(), refusal.detail(), requestId).with(others);
        return WireJson.write(
                refusal instanceof ImportStoppedException stopped ? problem.after(stopped.done()) : problem);
    }

    /** Whether it is this node's own state that refuses, so that another member may accept. */
    static boolean concernsThisNodeAlone(ErrorCode code) {
        return switch (code) {
            case READ_ONLY, SYNCING, CLOCK_SKEW, STORAGE_FAILED, SHUTTING_DOWN -> true;
            default -> false;
        };
    }

    /** The status of a code. */
    static Status status(ErrorCode code) {
        return STATUSES.getOrDefault(code, Status.INTERNAL_SERVER_ERROR_500);
    }

    private static @Nullable Header retryAfter(ErrorCode code) {
        return switch (code) {
            case RATE_LIMITED, OVERLOADED, SYNCING, SHUTTING_DOWN, QUORUM_UNAVAILABLE -> RETRY_SOON;
            case READ_ONLY, STORAGE_FAILED, CLOCK_SKEW -> RETRY_LATER;
            default -> null;
        };
    }

    private static Map<ErrorCode, Status> statuses() {
        Map<ErrorCode, Status> statuses = new EnumMap<>(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            statuses.put(code, Status.create(code.status()));
        }
        return statuses;
    }
}
