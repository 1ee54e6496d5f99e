package dev.kvs.http;

import dev.kvs.model.KvsException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;

/**
 * What still comes of a body on HTTP/2 after its answer. Helidon 4.4.0 keeps 32 frames of each stream; with nobody left to take
 * them, its connection waits at the next one and hears no stream any more. So the rest is taken and dropped for as long as some
 * of it arrives in every span of the request timeout, and a stream that stalls or has no end is reset: so a server says that it
 * does not want the rest (RFC 9113, 8.1).
 */
final class StreamRest {
    private static final int CHUNK_BYTES = 8 << 10;

    /** Enough for whoever sends the whole of his body before he looks at the answer. */
    private static final long MOST_BYTES = 32L << 20;

    private final Deadlines deadlines;
    private final Duration timeout;

    StreamRest(Deadlines deadlines, Duration timeout) {
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    /**
     * Takes what is left. A body whose reading ran out of time says of itself that it was read, so a copy of it is asked, which
     * begins where that one stopped.
     *
     * @throws CloseConnectionException when the rest does not come; the server resets the stream then
     */
    void drop(ServerRequest request) {
        ArrivingBody rest = new ArrivingBody(request.content().copy(() -> {}).inputStream(), -1, deadlines, timeout);
        byte[] dropped = new byte[CHUNK_BYTES];
        try {
            int read = 0;
            for (long total = 0; read >= 0 && total <= MOST_BYTES; total += read) {
                read = rest.read(dropped);
            }
            if (read < 0) {
                return;
            }
        } catch (KvsException stalled) {
            throw new CloseConnectionException("the rest of the body does not come", stalled);
        }
        throw new CloseConnectionException("the rest of the body has no end");
    }

    /**
     * Makes the server take the body for read: it would wait for the rest without a limit. An interrupted wait is the end of a
     * body to it.
     */
    static void giveUp(ServerRequest request) {
        Thread.currentThread().interrupt();
        try {
            request.content().consume();
        } finally {
            Thread.interrupted();
        }
    }
}
