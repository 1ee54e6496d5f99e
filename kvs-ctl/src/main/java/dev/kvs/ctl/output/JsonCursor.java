package dev.kvs.ctl.output;

/**
 * Walks over JSON text and hands out slices of it. It trusts what it reads to be JSON, which a node has checked on the
 * way in, and stops with {@link Failure} where that is not so; it never loops and never recurses.
 */
final class JsonCursor {
    private final String text;
    private int at;

    JsonCursor(String text) {
        this.text = text;
    }

    /** The next character that is not white space, left unread; {@code '\0'} at the end. */
    char peek() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    /** Reads {@code expected} after any white space. */
    void expect(char expected) {
        if (peek() != expected) {
            throw malformed();
        }
        at++;
    }

    /** Reads {@code wanted} if it comes next. */
    boolean take(char wanted) {
        if (peek() == wanted && at < text.length()) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads one token, a bracket, colon, comma, string or other scalar, and returns it as it is spelled. */
    String token() {
        char c = peek();
        int start = at;
        switch (c) {
            case '{', '}', '[', ']', ':', ',' -> at++;
            case '"' -> skipString();
            default -> skipScalar();
        }
        return text.substring(start, at);
    }

    /** Reads one whole value of any kind and returns it as it is spelled. */
    String value() {
        peek();
        int start = at;
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                case '"' -> skipString();
                default -> skipScalar();
            }
        } while (depth > 0);
        return text.substring(start, at);
    }

    /** Reads a string and returns what it means. */
    String string() {
        if (peek() != '"') {
            throw malformed();
        }
        return decode(token());
    }

    private void skipString() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                at++;
                return;
            }
        }
        throw malformed();
    }

    private void skipScalar() {
        int start = at;
        while (at < text.length() && "{}[]:,\"".indexOf(text.charAt(at)) < 0 && !isSpace(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    private Failure malformed() {
        return Failure.of(ExitCode.SERVER_ERROR, "malformed_json", "The document is not JSON at character " + at + ".");
    }

    /** What a quoted string means. */
    static String decode(String quoted) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        StringBuilder out = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            if (escaped == 'u') {
                out.append(unicode(quoted, i + 1));
                i += 4;
            } else {
                int control = "bfnrt".indexOf(escaped);
                out.append(control < 0 ? escaped : "\b\f\n\r\t".charAt(control));
            }
        }
        return out.toString();
    }

    private static char unicode(String quoted, int start) {
        try {
            return (char) Integer.parseInt(quoted, start, start + 4, 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "malformed_json", "The document has a broken \\u escape.");
        }
    }
}
