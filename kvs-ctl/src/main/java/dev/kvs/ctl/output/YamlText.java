package dev.kvs.ctl.output;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * JSON text as block YAML. Numbers, {@code true}, {@code false} and {@code null} are copied as spelled; a string is
 * written plain where YAML 1.1 and 1.2 alike must read it as that string, and in double quotes otherwise.
 */
final class YamlText {
    /** JSON that a node accepts is at most 100 deep; the bound keeps a hostile server from exhausting the stack. */
    private static final int DEPTH_MAX = 512;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+-]+)*");
    private static final Set<String> WORDS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "inf");

    private final StringBuilder out = new StringBuilder();
    private final JsonCursor cursor;

    private YamlText(String json) {
        this.cursor = new JsonCursor(json);
    }

    /** The document as YAML, ending in a line feed. */
    static String of(String json) {
        YamlText yaml = new YamlText(json);
        yaml.value(0, true);
        return yaml.out.append('\n').toString();
    }

    /** The document as one item of a block sequence, ending in a line feed. */
    static String item(String json) {
        YamlText yaml = new YamlText(json);
        yaml.out.append("- ");
        yaml.value(1, true);
        return yaml.out.append('\n').toString();
    }

    /**
     * Writes a value whose block lines are indented by {@code depth}.
     *
     * @param inline whether the first line of a block may stand where the writer is, as after {@code "- "}
     */
    private void value(int depth, boolean inline) {
        if (depth > DEPTH_MAX) {
            throw Failure.of(
                    ExitCode.SERVER_ERROR, "malformed_json", "The document is more than " + DEPTH_MAX + " deep.");
        }
        switch (cursor.peek()) {
            case '{' -> mapping(depth, inline);
            case '[' -> sequence(depth, inline);
            case '"' -> out.append(scalar(cursor.string()));
            default -> out.append(cursor.token());
        }
    }

    private void mapping(int depth, boolean inline) {
        cursor.expect('{');
        if (cursor.take('}')) {
            out.append("{}");
            return;
        }
        boolean here = inline;
        do {
            line(depth, here);
            here = false;
            out.append(scalar(cursor.string())).append(':');
            cursor.expect(':');
            int mark = out.length();
            value(depth + 1, false);
            if (out.charAt(mark) != '\n') {
                out.insert(mark, ' ');
            }
        } while (cursor.take(','));
        cursor.expect('}');
    }

    private void sequence(int depth, boolean inline) {
        cursor.expect('[');
        if (cursor.take(']')) {
            out.append("[]");
            return;
        }
        boolean here = inline;
        do {
            line(depth, here);
            here = false;
            out.append("- ");
            value(depth + 1, true);
        } while (cursor.take(','));
        cursor.expect(']');
    }

    private void line(int depth, boolean here) {
        if (!here) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private static String scalar(String text) {
        if (text.length() < 128 && PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2);
        JsonText.quote(quoted, text);
        return quoted.toString();
    }
}
