package dev.kvs.ctl.output;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * RFC 6901 on text: finds the part of a document and returns it as it is spelled there. {@code /a/0/b} goes through
 * members and array positions, {@code ~1} means a slash, {@code ~0} a tilde, the empty pointer is the whole document.
 */
public final class JsonPointer {
    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final String pointer;

    /** Checks the syntax; throws {@link Failure} with {@link ExitCode#USAGE}. */
    public JsonPointer(String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw Failure.usage("--pointer '" + pointer + "' must begin with '/', as in /address/city");
        }
        if (BAD_ESCAPE.matcher(pointer).find()) {
            throw Failure.usage("--pointer '" + pointer + "' has a '~' that is not ~0 (tilde) or ~1 (slash)");
        }
        this.pointer = pointer;
    }

    /** The part of {@code json} this points at; empty when there is none. Of repeated names the first counts. */
    public Optional<String> find(String json) {
        JsonCursor cursor = new JsonCursor(json);
        if (!pointer.isEmpty()) {
            String[] steps = SLASH.split(pointer.substring(1), -1);
            for (String step : steps) {
                String name = step.replace("~1", "/").replace("~0", "~");
                boolean found = switch (cursor.peek()) {
                    case '{' -> enterMember(cursor, name);
                    case '[' -> enterElement(cursor, name);
                    default -> false;
                };
                if (!found) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(cursor.value());
    }

    private static boolean enterMember(JsonCursor cursor, String wanted) {
        cursor.expect('{');
        if (cursor.peek() == '}') {
            return false;
        }
        do {
            boolean match = cursor.string().equals(wanted);
            cursor.expect(':');
            if (match) {
                return true;
            }
            cursor.value();
        } while (cursor.take(','));
        return false;
    }

    private static boolean enterElement(JsonCursor cursor, String wanted) {
        cursor.expect('[');
        if (!INDEX.matcher(wanted).matches() || cursor.peek() == ']') {
            return false;
        }
        int index = Integer.parseInt(wanted);
        for (int i = 0; i < index; i++) {
            cursor.value();
            if (!cursor.take(',')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return pointer;
    }
}
