package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.time.Duration;

/**
 * A body of any length, read as it arrives. Some of it must arrive in every span of the request timeout, so that a client that
 * sends a byte now and then does not hold a thread for ever.
 */
final class ArrivingBody {
    /** What must arrive within the request timeout, in bytes, unless the body ends: slower than any line. */
    private static final int LEAST = 1 << 10;

    private final InputStream source;
    private final Deadlines deadlines;
    private final Duration timeout;
    private final long announced;
    private long received;
    private long spanBegan;
    private long spanUntil;

    ArrivingBody(ServerRequest request, Deadlines deadlines, Duration timeout) {
        this(
                request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream(),
                BodyReader.announcedLength(request.headers()),
                deadlines,
                timeout);
    }

    /**
     * A body, or what is left of it.
     *
     * @param announced bytes, -1 for as many as come
     */
    ArrivingBody(InputStream source, long announced, Deadlines deadlines, Duration timeout) {
        this.source = source;
        this.announced = announced;
        this.deadlines = deadlines;
        this.timeout = timeout;
        this.spanUntil = deadlines.in(timeout);
    }

    /** What has arrived, at most a buffer of it; -1 at the end. {@code request_timeout}, {@code invalid_request}. */
    int read(byte[] buffer) {
        int read;
        boolean inTime;
        deadlines.armStream(deadlines.until(spanUntil));
        try {
            read = announced == 0 ? -1 : BodyReader.read(source, buffer);
        } finally {
            inTime = !deadlines.disarm();
        }
        if (!inTime) {
            throw new KvsException(
                    ErrorCode.REQUEST_TIMEOUT,
                    "The body stopped arriving: less than " + LEAST + " bytes came within " + timeout.toMillis()
                            + " ms, or the node is shutting down.");
        }
        if (read < 0 && received < announced) {
            throw BodyReader.incomplete();
        }
        received += Math.max(read, 0);
        if (received - spanBegan >= LEAST) {
            spanBegan = received;
            spanUntil = deadlines.in(timeout);
        }
        return read;
    }

    /** Storing what has arrived has taken time that the client could not use. */
    void rested() {
        spanUntil = deadlines.in(timeout);
    }
}
