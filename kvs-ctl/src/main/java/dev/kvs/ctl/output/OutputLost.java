package dev.kvs.ctl.output;

import java.io.IOException;
import java.util.Locale;

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

    /**
     * Whether the reader of a pipe has left. That is no error: it has all it wanted. Translations of the message keep the
     * words, as far as they are known.
     */
    public boolean readerHasLeft() {
        return reason.toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
