package dev.kvs.boot.logging;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One readable line: {@code 2026-01-31T09:05:00.007Z WARN  Store: the disk is slow}. Control characters of a message are
 * escaped, so that a client cannot forge an entry by sending a line break; a stack trace follows on lines of its own.
 */
final class TextFormatter extends Formatter {
    /** The longest level word and a space. */
    private static final int LEVEL_WIDTH = 6;

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(128);
        Entries.appendTime(line, entry.getInstant());
        String level = Entries.levelWord(entry.getLevel());
        line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length());
        String name = Entries.loggerName(entry);
        line.append(name, name.lastIndexOf('.') + 1, name.length()).append(": ");
        appendEscaped(line, formatMessage(entry));
        line.append('\n');
        if (entry.getThrown() != null) {
            line.append(Entries.stackTrace(entry.getThrown()));
        }
        return line.toString();
    }

    private static void appendEscaped(StringBuilder line, String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (Character.isISOControl(c)) {
                line.append("\\u").repeat('0', c < 0x10 ? 3 : 2).append(Integer.toHexString(c));
            } else {
                line.append(c);
            }
        }
    }
}
