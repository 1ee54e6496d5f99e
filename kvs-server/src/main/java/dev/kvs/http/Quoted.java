package dev.kvs.http;

/** Shows a caller's own text in a refusal: in quotes, cut short, and without characters that could disturb a terminal. */
final class Quoted {
    private static final int SHOWN_MAX = 80;

    private Quoted() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(SHOWN_MAX).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > SHOWN_MAX ? "...'" : "'")
                .toString();
    }
}
