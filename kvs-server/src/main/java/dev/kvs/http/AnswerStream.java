package dev.kvs.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * An answer that is sent in parts. What is written gathers until there is {@link #PART} of it, or {@link #flush}. A client
 * that does not take a part in time loses its connection, and so does one that is in the middle of its answer when the door is
 * drained: an answer without its end is how HTTP says that it is not whole.
 */
final class AnswerStream {
    /** Large enough that the cost of a part is small, small enough that thousands of streams may have one. */
    private static final int PART = 32 << 10;

    private final RoutingResponse response;
    private final OutputStream target;
    private final Deadlines deadlines;
    private final Duration timeout;
    private byte[] part = new byte[1 << 10];
    private int length;

    AnswerStream(RoutingResponse response, Deadlines deadlines, Duration timeout) {
        this.response = response;
        this.target = response.outputStream();
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    AnswerStream write(byte[] bytes) {
        if (length + bytes.length > part.length) {
            makeRoom(bytes.length);
        }
        if (bytes.length > part.length) {
            send(bytes, bytes.length);
        } else {
            System.arraycopy(bytes, 0, part, length, bytes.length);
            length += bytes.length;
        }
        return this;
    }

    private void makeRoom(int needed) {
        if (length + needed <= PART) {
            byte[] larger = new byte[Math.min(PART, Math.max(length + needed, 2 * part.length))];
            System.arraycopy(part, 0, larger, 0, length);
            part = larger;
        } else {
            sendPart();
        }
    }

    /** Sends what was written, and the answer's head if nothing was. */
    void flush() {
        if (length > 0) {
            sendPart();
        }
        waiting(target::flush);
    }

    private void sendPart() {
        int whole = length;
        length = 0;
        send(part, whole);
    }

    private void send(byte[] bytes, int count) {
        waiting(() -> target.write(bytes, 0, count));
    }

    /** Sends the rest and the answer's end. */
    void end() {
        flush();
        waiting(() -> {
            target.close();
            response.commit();
        });
    }

    /** What may wait for the client. */
    @FunctionalInterface
    private interface Sending {
        void send() throws IOException;
    }

    private void waiting(Sending sending) {
        boolean inTime;
        deadlines.armStream(timeout);
        try {
            sending.send();
        } catch (IOException | UncheckedIOException gone) {
            throw new CloseConnectionException("the client is gone", gone);
        } finally {
            inTime = !deadlines.disarm();
        }
        if (!inTime) {
            throw new CloseConnectionException("the client did not take its answer in time");
        }
    }
}
