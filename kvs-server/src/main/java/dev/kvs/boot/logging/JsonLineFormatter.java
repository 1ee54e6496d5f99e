package dev.kvs.boot.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object per line, for log collectors.
 *
 * <pre>{@code
 * {"time":"2026-01-31T09:05:00.007Z","level":"WARN","logger":"dev.kvs.storage.Store","thread":"kvs-wal","message":"..."}
 * }</pre>
 *
 * An exception adds {@code "exception"} with its stack trace.
 */
final class JsonLineFormatter extends Formatter {
    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(192);
        line.append("{\"time\":\"");
        Entries.appendTime(line, entry.getInstant());
        line.append('"');
        member(line, "level", Entries.levelWord(entry.getLevel()));
        member(line, "logger", Entries.loggerName(entry));
        member(line, "thread", Thread.currentThread().getName());
        member(line, "message", formatMessage(entry));
        if (entry.getThrown() != null) {
            member(line, "exception", Entries.stackTrace(entry.getThrown()));
        }
        return line.append("}\n").toString();
    }

    private static void member(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, line);
        line.append('"');
    }
}
