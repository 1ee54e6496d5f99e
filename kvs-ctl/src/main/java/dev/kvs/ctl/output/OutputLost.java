package dev.kvs.ctl.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** Standard output took no more: its reader has left, as {@code head} does, or its disk is full. */
public final class OutputLost extends RuntimeException {
    private final String reason;

    OutputLost(IOException cause) {
        super(cause);
        this.reason = String.valueOf(cause.getMessage());
    }

    /** What the system said. */
    public String reason() {
        return reason;
    }

    /** Whether the reader of a pipe has left. That is no error: it has all it wanted. */
    public boolean readerHasLeft() {
        return reason.equals(ofAPipeWithoutReader());
    }

    /** What the system says then, in the language of the locale: Java passes on these words and no number. */
    private static String ofAPipeWithoutReader() {
        try {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                return "a pipe without a reader took " + sink.write(ByteBuffer.allocate(1)) + " bytes";
            }
        } catch (IOException expected) {
            return String.valueOf(expected.getMessage());
        }
    }
}
