package dev.kvs.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Problem;
import dev.kvs.wire.WireJson;
import java.util.Optional;

/** What came back, by whomever. */
record RawAnswer(int status, String proof, byte[] body) {
    static final int OK = 200;

    private static final int UNAUTHORIZED = 401;

    /** The problem document, made fit to be shown; empty when the body is none. */
    Optional<Problem> problem() {
        try {
            Problem read = WireJson.read(body, Problem.class);
            return Optional.of(Problem.of(
                    Shown.of(read.title()), read.status(), Shown.of(read.detail()), Shown.of(read.code()), ""));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** Whether it says that the session is not known: at the node it was opened with, or by somebody who wants a new one. */
    boolean saysUnknownSession() {
        return status == UNAUTHORIZED
                && problem()
                        .filter(problem -> problem.code().equals(ErrorCode.UNKNOWN_SESSION.code()))
                        .isPresent();
    }

    /** What an answer that proves nothing says, for people. */
    String explanation() {
        return problem()
                .map(problem -> "answered " + status + " " + problem.code() + ": " + problem.detail())
                .orElse("answered with status " + status + " and nothing that a node would say");
    }
}
