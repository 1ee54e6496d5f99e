package dev.kvs.client;

import dev.kvs.tls.TlsFailure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Problem;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call gave no result. Exactly five things happen, and a {@code switch} over them needs no default: the node
 * {@linkplain Refused refused}, could not be {@linkplain Unreachable reached}, did not answer {@linkplain TimedOut in
 * time}, answered {@linkplain BadAnswer something else}, or the calling thread was {@linkplain Interrupted interrupted}.
 */
public abstract sealed class KvsClientException extends RuntimeException {
    private final URI server;
    private final boolean outcomeUnknown;

    private KvsClientException(URI server, String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.server = server;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The base URL of the node that was asked last. */
    public URI server() {
        return server;
    }

    /**
     * Whether a write may have been done all the same. Read the key, or repeat the write with an idempotency key or a
     * condition, to find out. Never true for a read.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** The node answered with a problem document. */
    public static final class Refused extends KvsClientException {
        private final transient Problem problem;
        private final @Nullable Duration retryAfter;

        Refused(URI server, Problem problem, @Nullable Duration retryAfter, boolean outcomeUnknown) {
            super(server, message(problem), outcomeUnknown, null);
            this.problem = problem;
            this.retryAfter = retryAfter;
        }

        private static String message(Problem problem) {
            return problem.status() + " " + problem.code() + ": " + problem.detail() + " (request "
                    + problem.requestId() + ")";
        }

        /** The whole problem document. */
        public Problem problem() {
            return problem;
        }

        /** The entry of the error table; empty for a code of a newer node, see {@link Problem#code}. */
        public Optional<ErrorCode> code() {
            return ErrorCode.of(problem.code());
        }

        /** Whether the node refused with this code. */
        public boolean is(ErrorCode code) {
            return problem.code().equals(code.code());
        }

        /** The HTTP status, 400 to 599. */
        public int status() {
            return problem.status();
        }

        /** Finds the request in the node's log. */
        public String requestId() {
            return problem.requestId();
        }

        /** What was wrong, where, and what to do. */
        public String detail() {
            return problem.detail();
        }

        /** How long the node asks to wait before the next try. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** No connection, or it broke before the whole answer had arrived. */
    public static final class Unreachable extends KvsClientException {
        private static final String AUTHORITIES = "kvsctl --cacert, KvsClientBuilder.authority";

        private final boolean sent;

        Unreachable(URI server, boolean sent, boolean outcomeUnknown, Throwable cause) {
            super(
                    server,
                    server + (sent ? " broke off: " : " cannot be reached: ") + reason(server, cause),
                    outcomeUnknown,
                    cause);
            this.sent = sent;
        }

        /** The JDK's client keeps the reason of a connection that failed to itself, or hides it among the causes. */
        private static String reason(URI server, Throwable failure) {
            Optional<String> tls = TlsFailure.explained(failure, AUTHORITIES);
            if (tls.isPresent()) {
                return tls.get();
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                switch (cause) {
                    case UnresolvedAddressException _, UnknownHostException _ -> {
                        return "unknown host " + server.getHost();
                    }
                    case HttpConnectTimeoutException _ -> {
                        return "the connection timed out";
                    }
                    case ConnectException _ -> {
                        // Says nothing, or it says no more than what is said below.
                    }
                    default -> {
                        String message = cause.getMessage();
                        if (message != null && !message.isEmpty()) {
                            return message;
                        }
                    }
                }
            }
            return failure instanceof ConnectException
                    ? "connection refused, or no way to that address"
                    : failure.getClass().getSimpleName();
        }

        /** Whether the node may have received the request. */
        public boolean sent() {
            return sent;
        }
    }

    /** The answer was not complete in time. */
    public static final class TimedOut extends KvsClientException {
        TimedOut(URI server, Duration waited, boolean outcomeUnknown) {
            super(server, server + " did not answer within " + waited.toMillis() + " ms", outcomeUnknown, null);
        }
    }

    /** The answer breaks the contract: no JSON, members missing, too large, a redirect, or not a node at all. */
    public static final class BadAnswer extends KvsClientException {
        BadAnswer(URI server, String message, boolean outcomeUnknown, @Nullable Throwable cause) {
            super(server, server + " gave an answer that is not understood: " + message, outcomeUnknown, cause);
        }
    }

    /** The calling thread was interrupted while it waited; its interrupt flag is set again. */
    public static final class Interrupted extends KvsClientException {
        Interrupted(URI server, boolean outcomeUnknown, InterruptedException cause) {
            super(server, "interrupted while waiting for " + server, outcomeUnknown, cause);
        }
    }
}
