package dev.kvs.ctl.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of records that is written while it is read, in memory that does not grow with it (with {@code --pointer} into
 * one JSON or YAML document it does: the document must be whole first).
 *
 * <pre>{@code {"path":"users","children":[{"subkey":"ada"},{"subkey":"bob"}],"truncated":false}}</pre>
 */
public final class Listing {
    private final Output output;
    private final Streams streams;
    private final Style style;
    private final String name;
    private final List<Column> columns;
    private final @Nullable FieldTable table;
    private final StringBuilder whole = new StringBuilder();
    private final List<String> head = new ArrayList<>();
    private boolean begun;

    Listing(Output output, Streams streams, Style style, String name, List<Column> columns) {
        this.output = output;
        this.streams = streams;
        this.style = style;
        this.name = name;
        this.columns = columns;
        this.table = style.pointer() == null && output.isTable() ? new FieldTable(streams, columns, style) : null;
    }

    /** A member that stands before the list. Call it before the first row. */
    public Listing before(String field, @Nullable Object value) {
        head.add(member(field, value));
        return this;
    }

    /** Writes one record. */
    public void row(@Nullable Object... values) {
        if (table != null) {
            table.row(values);
            return;
        }
        String json = Fields.json(columns, values);
        switch (style.effective()) {
            case JSON, RAW -> write((begin() ? "" : ",") + json);
            case YAML -> yamlRow(json);
            case TABLE, WIDE, NDJSON, NAME -> output.text(json, Column.plain(values[0]));
        }
    }

    /** Ends the list. */
    public void end() {
        end(null);
    }

    /** Ends the list with a member that stands after it. */
    public void end(String field, @Nullable Object value) {
        end(member(field, value));
    }

    private void end(@Nullable String after) {
        switch (style.effective()) {
            case TABLE, WIDE -> {
                if (table != null) {
                    table.end();
                }
            }
            case JSON, RAW -> {
                begin();
                write(after == null ? "]}" : "]," + after + "}");
                finish();
            }
            case YAML -> yamlEnd(after);
            case NDJSON, NAME -> output.flush();
        }
    }

    private void yamlRow(String json) {
        if (style.pointer() != null) {
            write((begin() ? "" : ",") + json);
            return;
        }
        if (!begun) {
            begun = true;
            yamlHead();
            streams.print(name + ":\n");
        }
        streams.print(YamlText.item(json));
    }

    private void yamlEnd(@Nullable String after) {
        if (style.pointer() != null) {
            begin();
            output.text(whole + (after == null ? "]}" : "]," + after + "}"), name);
            return;
        }
        if (!begun) {
            yamlHead();
            streams.print(name + ": []\n");
        }
        if (after != null) {
            streams.print(YamlText.of("{" + after + "}"));
        }
    }

    private void yamlHead() {
        if (!head.isEmpty()) {
            streams.print(YamlText.of("{" + String.join(",", head) + "}"));
        }
    }

    /** Opens the document before the first record; answers whether this call did. */
    private boolean begin() {
        if (begun) {
            return false;
        }
        begun = true;
        write("{" + (head.isEmpty() ? "" : String.join(",", head) + ",") + "\"" + name + "\":[");
        return true;
    }

    private void write(String part) {
        if (style.pointer() != null || streams.outIsTerminal()) {
            whole.append(part);
        } else {
            streams.print(part);
        }
    }

    private void finish() {
        if (!whole.isEmpty()) {
            output.text(whole.toString(), name);
        } else if (style.effective() == Format.JSON) {
            streams.print("\n");
        }
    }

    private static String member(String field, @Nullable Object value) {
        return new JsonText().field(field, value).toString();
    }
}
