package dev.kvs.boot.logging;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The parts of an entry that both forms share. */
final class Entries {
    /** A chain of causes may be a circle; nobody reads further than this. */
    private static final int MAX_CAUSES = 10;

    private Entries() {}

    /**
     * UTC with milliseconds, always as long, so that lines align and sort: {@code 2026-01-31T09:05:00.007Z}. Written by
     * hand, because loading the JDK's formatter would be felt at start-up.
     */
    static void appendTime(StringBuilder out, Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        appendPadded(out, time.getYear(), 4, '-');
        appendPadded(out, time.getMonthValue(), 2, '-');
        appendPadded(out, time.getDayOfMonth(), 2, 'T');
        appendPadded(out, time.getHour(), 2, ':');
        appendPadded(out, time.getMinute(), 2, ':');
        appendPadded(out, time.getSecond(), 2, '.');
        appendPadded(out, time.getNano() / 1_000_000, 3, 'Z');
    }

    private static void appendPadded(StringBuilder out, int number, int width, char after) {
        String digits = Integer.toString(number);
        out.repeat('0', Math.max(0, width - digits.length())).append(digits).append(after);
    }

    /** SLF4J's names for the levels, which are also the configuration's. */
    static String levelWord(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.CONFIG.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** The logger's name, empty for the root. */
    static String loggerName(LogRecord entry) {
        String name = entry.getLoggerName();
        return name == null ? "" : name;
    }

    /** The stack trace with its causes, one frame per line. */
    static String stackTrace(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "Caused by: ").append(current).append('\n');
            for (StackTraceElement frame : current.getStackTrace()) {
                text.append("\tat ").append(frame).append('\n');
            }
            current = current.getCause();
        }
        return text.toString();
    }
}
