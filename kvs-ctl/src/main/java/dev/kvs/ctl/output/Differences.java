package dev.kvs.ctl.output;

import dev.kvs.wire.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two JSON documents differ in: their scalars and empty containers, each by its JSON pointer and as it is spelled. White
 * space and the order of members do not count; {@code 1.0} and {@code 1.00} differ, because they are stored differently.
 */
public final class Differences {
    /** Of {@code diff} and {@code edit}. */
    public static final List<Column> COLUMNS =
            List.of(Column.of("path"), Column.of("change"), Column.of("from"), Column.of("to"));

    private final List<Change> changes = new ArrayList<>();

    /**
     * One place that differs.
     *
     * @param path a JSON pointer; empty for the whole document
     * @param from what stands there in the first document, null for nothing
     * @param to what stands there in the second document, null for nothing
     */
    public record Change(
            String path, @Nullable RawJson from, @Nullable RawJson to) {
        /** {@code added}, {@code removed} or {@code changed}. */
        public String kind() {
            return from == null ? "added" : to == null ? "removed" : "changed";
        }
    }

    /** Compares two documents. */
    public Differences(String first, String second) {
        Map<String, String> before = leaves(first);
        Map<String, String> after = leaves(second);
        Set<String> paths = new LinkedHashSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            String from = before.get(path);
            String to = after.get(path);
            if (from == null || !from.equals(to)) {
                changes.add(new Change(path, raw(from), raw(to)));
            }
        }
    }

    private static @Nullable RawJson raw(@Nullable String json) {
        return json == null ? null : new RawJson(json);
    }

    /** The places, in the order of the first document and then of the second. */
    public List<Change> changes() {
        return changes;
    }

    /** Two lines at most for each place: {@code - /path old} and {@code + /path new}. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Change change : changes) {
            String path = change.path().isEmpty() ? "" : Glyphs.cell(change.path()) + " ";
            if (change.from() != null) {
                lines.add("- " + path + Glyphs.cell(change.from().text()));
            }
            if (change.to() != null) {
                lines.add("+ " + path + Glyphs.cell(change.to().text()));
            }
        }
        return lines;
    }

    private static Map<String, String> leaves(String json) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect(new JsonCursor(json), "", leaves);
        return leaves;
    }

    /** Recursion is bounded: a node stores no document of more than 100 levels. */
    private static void collect(JsonCursor cursor, String path, Map<String, String> leaves) {
        char c = cursor.peek();
        if (c != '{' && c != '[') {
            leaves.put(path, cursor.value());
            return;
        }
        char end = c == '{' ? '}' : ']';
        cursor.expect(c);
        if (cursor.take(end)) {
            leaves.put(path, c + "" + end);
            return;
        }
        int index = 0;
        do {
            String step = Integer.toString(index++);
            if (c == '{') {
                step = cursor.string().replace("~", "~0").replace("/", "~1");
                cursor.expect(':');
            }
            collect(cursor, path + "/" + step, leaves);
        } while (cursor.take(','));
        cursor.expect(end);
    }
}
