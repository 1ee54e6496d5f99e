package dev.kvs.ctl.output;

import java.util.function.UnaryOperator;

/** Changes the white space of a JSON document and nothing else. */
public final class JsonLayout {
    private JsonLayout() {}

    /** The document on one line, as NDJSON needs it. */
    public static String compact(String json) {
        if (json.chars().allMatch(c -> c > ' ')) {
            return json;
        }
        JsonCursor cursor = new JsonCursor(json);
        StringBuilder out = new StringBuilder(json.length());
        while (cursor.peek() != '\0') {
            out.append(cursor.token());
        }
        return out.toString();
    }

    /**
     * The document indented by two, for eyes: coloured by {@code palette}, and with those characters escaped that a
     * terminal would obey.
     */
    static String indented(String json, Palette palette) {
        return indented(json, palette, Glyphs::cell);
    }

    /** The document indented by two, to be changed: every character as it is stored. */
    public static String editable(String json) {
        return indented(json, Palette.PLAIN, token -> token);
    }

    private static String indented(String json, Palette palette, UnaryOperator<String> spelling) {
        JsonCursor cursor = new JsonCursor(json);
        StringBuilder out = new StringBuilder(json.length() * 2);
        int depth = 0;
        while (cursor.peek() != '\0') {
            String token = cursor.token();
            switch (token.charAt(0)) {
                case '{', '[' -> {
                    out.append(token);
                    char end = token.equals("{") ? '}' : ']';
                    if (cursor.take(end)) {
                        out.append(end);
                    } else {
                        line(out, ++depth);
                    }
                }
                case '}', ']' -> line(out, --depth).append(token);
                case ',' -> line(out.append(token), depth);
                case ':' -> out.append(": ");
                default -> {
                    String shown = spelling.apply(token);
                    out.append(cursor.peek() == ':' ? palette.name(shown) : palette.scalar(shown));
                }
            }
        }
        return out.toString();
    }

    private static StringBuilder line(StringBuilder out, int depth) {
        return out.append('\n').repeat("  ", Math.max(0, depth));
    }
}
