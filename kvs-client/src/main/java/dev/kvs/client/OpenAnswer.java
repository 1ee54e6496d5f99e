package dev.kvs.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An answer that is read line by line as it comes. Used by one thread; {@link #close} by any. */
final class OpenAnswer implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Answer head;
    private final InputStream body;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int filled;
    private final AtomicLong parts = new AtomicLong();

    OpenAnswer(Answer head, InputStream body) {
        this.head = head;
        this.body = body;
    }

    /** All but the body. */
    Answer head() {
        return head;
    }

    /** Grows whenever something has come. Read by any thread. */
    long parts() {
        return parts.get();
    }

    /** The next line without its end; null when the answer has ended. A last line without an end is no line. */
    byte @Nullable [] readLine() {
        line.reset();
        try {
            while (next < filled || fill()) {
                int from = next;
                while (next < filled && buffer[next] != '\n') {
                    next++;
                }
                line.write(buffer, from, next - from);
                if (next < filled) {
                    next++;
                    return line.toByteArray();
                }
            }
            return null;
        } catch (IOException broken) {
            throw Exchange.failure(head.server(), head.call(), broken);
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        filled = Math.max(0, body.read(buffer));
        parts.incrementAndGet();
        return filled > 0;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException alreadyBroken) {
            // What was read is whole; nothing more was wanted.
            return;
        }
    }
}
