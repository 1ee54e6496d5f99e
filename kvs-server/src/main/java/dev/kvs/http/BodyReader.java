package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body whole, within a size and a time, in both protocol versions: the server's own limit is not
 * enforced on HTTP/2 and its idle check does not see a body that trickles.
 */
final class BodyReader {
    private static final byte[] EMPTY = {};
    private static final HeaderName NO_NAME = HeaderNames.create("");

    /** First guess for a body of unknown length; doubled, it passes {@link BodyBudget#FREE_BYTES}. */
    private static final int GROWTH = 4096;

    private final Deadlines deadlines;
    private final Duration timeout;

    BodyReader(Deadlines deadlines, Duration timeout) {
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    /**
     * Refuses headers on which two servers in a row could disagree about where the body ends: the root of request
     * smuggling (RFC 9112, 6.3).
     */
    static void checkFraming(ServerRequestHeaders headers) {
        if (headers.contains(NO_NAME)) {
            throw invalidHeader("A header must have a name");
        }
        boolean hasLength = headers.contains(HeaderNames.CONTENT_LENGTH);
        if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            boolean chunkedOnly = headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)
                    && headers.get(HeaderNames.TRANSFER_ENCODING).valueCount() == 1;
            if (hasLength || !chunkedOnly) {
                throw invalidHeader("Transfer-Encoding must be 'chunked', without Content-Length");
            }
        }
        if (hasLength && headers.get(HeaderNames.CONTENT_LENGTH).valueCount() != 1) {
            throw invalidHeader("Content-Length must be given once only");
        }
    }

    /** The announced length in bytes, -1 when there is none; {@code invalid_header}. */
    static long announcedLength(ServerRequestHeaders headers) {
        if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
            return -1;
        }
        String text = headers.get(HeaderNames.CONTENT_LENGTH).get();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw invalidHeader("Content-Length must be a whole number of bytes");
            }
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLong) {
            throw invalidHeader("Content-Length must be a whole number of bytes");
        }
    }

    /**
     * The body, at most {@code limit} bytes; {@code body_too_large}, {@code request_timeout}, {@code invalid_request}.
     *
     * @param lease where room in memory is taken for it, {@code overloaded} when there is none; null for a body that needs none
     */
    byte[] read(ServerRequest request, int limit, BodyBudget.@Nullable Lease lease) {
        long announced = announcedLength(request.headers());
        if (announced > limit) {
            throw tooLarge(limit);
        }
        if (announced == 0 || !request.content().hasEntity()) {
            return EMPTY;
        }
        if (lease != null && announced > 0) {
            lease.take(announced);
        }
        byte[] body;
        boolean inTime;
        deadlines.arm(timeout);
        try {
            body = readAll(request.content().inputStream(), (int) announced, limit, lease);
        } finally {
            inTime = !deadlines.disarm();
        }
        if (!inTime) {
            throw new KvsException(
                    ErrorCode.REQUEST_TIMEOUT, "The body did not arrive within " + timeout.toMillis() + " ms.");
        }
        if (body.length < announced) {
            throw incomplete();
        }
        return body;
    }

    private static byte[] readAll(InputStream source, int announced, int limit, BodyBudget.@Nullable Lease lease) {
        return framed(limit, () -> readToEnd(source, announced, limit, lease));
    }

    /** Reads what has arrived; -1 at the end. {@code invalid_request}; waits without a deadline. */
    static int read(InputStream source, byte[] buffer) {
        return framed(Integer.MAX_VALUE, () -> source.read(buffer));
    }

    /** Something that reads from a request. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Whatever the server throws while it takes the body apart was caused by the client's framing, and comes in many
     * kinds; only the end of the connection is told apart.
     */
    private static <T> T framed(int limit, Reading<T> reading) {
        try {
            return reading.read();
        } catch (KvsException | CloseConnectionException asItIs) {
            throw asItIs;
        } catch (DataReader.InsufficientDataAvailableException cutOff) {
            throw incomplete();
        } catch (RequestException refused) {
            throw refused.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code() ? tooLarge(limit) : malformed();
        } catch (IOException | RuntimeException broken) {
            throw malformed();
        }
    }

    private static byte[] readToEnd(InputStream source, int announced, int limit, BodyBudget.@Nullable Lease lease)
            throws IOException {
        byte[] body = new byte[announced >= 0 ? announced : Math.min(GROWTH, limit)];
        int length = 0;
        while (true) {
            if (length == body.length) {
                int next = source.read();
                if (next < 0) {
                    return body;
                }
                if (length == limit) {
                    throw tooLarge(limit);
                }
                if (lease != null && length == BodyBudget.FREE_BYTES) {
                    // Of unknown length, and not a small one: what it may become is taken at once, or bodies that have
                    // half of their room would wait for each other.
                    lease.take(limit);
                }
                body = Arrays.copyOf(body, (int) Math.min(limit, Math.max(2L * length, GROWTH)));
                body[length++] = (byte) next;
                continue;
            }
            int read = source.read(body, length, body.length - length);
            if (read < 0) {
                return Arrays.copyOf(body, length);
            }
            length += read;
        }
    }

    private static KvsException tooLarge(int limit) {
        return new KvsException(
                ErrorCode.BODY_TOO_LARGE, "The body is larger than the limit of " + limit + " bytes for this request.");
    }

    private static KvsException malformed() {
        return new KvsException(ErrorCode.INVALID_REQUEST, "The body cannot be read: its chunks are malformed.");
    }

    static KvsException incomplete() {
        return new KvsException(ErrorCode.INVALID_REQUEST, "The body ended before it was complete.");
    }

    private static KvsException invalidHeader(String rule) {
        return new KvsException(ErrorCode.INVALID_HEADER, rule + ".");
    }
}
