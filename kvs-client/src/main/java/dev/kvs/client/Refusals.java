package dev.kvs.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Problem;
import dev.kvs.wire.WireJson;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns answers that are no success into exceptions. */
final class Refusals {
    /** Longest {@code Retry-After} that is believed. */
    private static final long RETRY_AFTER_SECONDS_MAX = 86_400;

    private Refusals() {}

    /** The refusal, when the answer is one; throws {@link KvsClientException.BadAnswer} when it is not. */
    static KvsClientException.Refused of(Answer answer) {
        Problem problem = problem(answer);
        return new KvsClientException.Refused(answer.server(), problem, retryAfter(answer), isOpen(answer, problem));
    }

    /** Like {@link #of}, but gives the bad answer as well instead of throwing it. */
    static KvsClientException failureOf(Answer answer) {
        try {
            return of(answer);
        } catch (KvsClientException.BadAnswer bad) {
            return bad;
        }
    }

    static boolean isProblem(Answer answer) {
        return answer.header(Headers.CONTENT_TYPE)
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.PROBLEM))
                .orElse(false);
    }

    private static Problem problem(Answer answer) {
        if (answer.call().method().equals("HEAD")) {
            return withoutBody(answer);
        }
        if (!isProblem(answer)) {
            throw answer.bad("it is neither a success nor a problem document");
        }
        try {
            return WireJson.read(answer.body(), Problem.class);
        } catch (JsonProcessingException unexpected) {
            throw answer.bad("its problem document cannot be read: " + unexpected.getOriginalMessage(), unexpected);
        }
    }

    private static Problem withoutBody(Answer answer) {
        String code = answer.header(Headers.ERROR_CODE).orElse("status_" + answer.status());
        String title = ErrorCode.of(code).map(ErrorCode::title).orElse("The node refused");
        String requestId = answer.header(Headers.REQUEST_ID).orElse("unknown");
        return Problem.of(title, answer.status(), title, code, requestId);
    }

    /** Whether a write that was refused so may have been done: the node itself does not know, or made a mistake. */
    private static boolean isOpen(Answer answer, Problem problem) {
        return answer.call().isWrite()
                && (problem.code().equals(ErrorCode.OUTCOME_UNKNOWN.code())
                        || problem.code().equals(ErrorCode.INTERNAL.code()));
    }

    /** How long the answer asks to wait, null when it does not; a date instead of seconds is no form of ours. */
    static @Nullable Duration retryAfter(Answer answer) {
        String text = answer.header(Headers.RETRY_AFTER).orElse("");
        if (!text.matches("[0-9]{1,9}")) {
            return null;
        }
        return Duration.ofSeconds(Math.min(Long.parseLong(text), RETRY_AFTER_SECONDS_MAX));
    }
}
