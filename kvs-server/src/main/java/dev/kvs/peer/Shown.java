package dev.kvs.peer;

/** Text that may come from a stranger, made fit for a log line: cut short, and without what could disturb a terminal. */
final class Shown {
    private static final int LENGTH_MAX = 300;

    private Shown() {}

    static String of(String text) {
        return text.codePoints()
                .limit(LENGTH_MAX)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
