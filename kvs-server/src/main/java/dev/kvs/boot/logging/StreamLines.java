package dev.kvs.boot.logging;

import java.io.PrintStream;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes each entry at once, in one piece, so that lines of two threads never mix. */
final class StreamLines extends Handler {
    private final PrintStream target;
    private final Formatter formatter;

    StreamLines(PrintStream target, Formatter formatter) {
        this.target = target;
        this.formatter = formatter;
        setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        try {
            target.print(formatter.format(record));
            target.flush();
        } catch (RuntimeException e) {
            // An entry that cannot be written must not fail the request that wrote it.
            reportError("an entry was not written", e, ErrorManager.FORMAT_FAILURE);
        }
    }

    @Override
    public void flush() {
        target.flush();
    }

    /** Leaves the stream open: it belongs to the process. */
    @Override
    public void close() {
        flush();
    }
}
