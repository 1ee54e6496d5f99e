package dev.kvs.ctl.output;

import dev.kvs.wire.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Standard output and standard error in the format that was asked for. Commands say what, this says how. */
public final class Output {
    private final Streams streams;
    private final Style style;

    public Output(Streams streams, Style style) {
        this.streams = streams;
        this.style = style;
    }

    /** Where the output goes. */
    public Streams streams() {
        return streams;
    }

    /** Shows text that has no other form, such as help. */
    public void print(String text) {
        streams.print(lineOf(text));
    }

    /** Whether tables show all their columns. */
    public boolean wide() {
        return style.format() == Format.WIDE;
    }

    /** Whether a stream of documents is shown as it comes, a line each: when nothing else was asked for. */
    public boolean inLines() {
        return style.pointer() == null
                && (style.format() == null || style.format() == Format.NDJSON || style.format() == Format.RAW);
    }

    /** Whether {@code -o name} asks for names alone. */
    public boolean namesOnly() {
        return style.format() == Format.NAME;
    }

    /** Whether nothing was asked of the format: people and pipes get what reads best. */
    public boolean plain() {
        return style.format() == null && style.pointer() == null;
    }

    /** Whether {@code -q} asks for silence. */
    public boolean quiet() {
        return style.quiet();
    }

    /**
     * Shows a stored document. Without {@code -o} a person sees it indented, and a pipe gets it as stored and a line feed.
     *
     * @param columns what a table shows, the document included
     * @param values the values of the columns; the first is the key
     */
    public void document(RawJson json, List<Column> columns, @Nullable Object... values) {
        if (style.format() == Format.TABLE || style.format() == Format.WIDE) {
            table(columns, values);
        } else if (style.format() == null && streams.outIsTerminal()) {
            streams.print(lineOf(JsonLayout.indented(picked(json.text()), style.palette())));
        } else {
            text(json.text(), String.valueOf(values[0]));
        }
    }

    /** Shows one record: one object, or a table of one row. */
    public void single(List<Column> columns, @Nullable Object... values) {
        if (style.pointer() == null && isTable()) {
            table(columns, values);
        } else {
            text(Fields.json(columns, values), String.valueOf(values[0]));
        }
    }

    /**
     * Shows one record whose point is a secret. Without {@code -o} standard output gets the secret alone, so that a pipe takes
     * it as it is, and a person is told the rest on standard error.
     */
    public void secret(String secret, String rest, List<Column> columns, @Nullable Object... values) {
        if (style.format() != null || style.pointer() != null) {
            single(columns, values);
            return;
        }
        streams.print(lineOf(secret));
        if (streams.outIsTerminal()) {
            note(rest);
        }
    }

    private void table(List<Column> columns, @Nullable Object... values) {
        FieldTable table = new FieldTable(streams, columns, style);
        table.row(values);
        table.end();
    }

    /** Shows one record that only confirms what was done: nothing with {@code -q}. */
    public void confirmation(List<Column> columns, @Nullable Object... values) {
        if (!style.quiet()) {
            single(columns, values);
        }
    }

    /**
     * Begins a list of records. In JSON and YAML it is one object with the list as member {@code name}; as NDJSON, one
     * object a line. Records are written as they come.
     */
    public Listing listing(String name, List<Column> columns) {
        return new Listing(this, streams, style, name, columns);
    }

    /** Shows one JSON document that has a name, in a format that is not a table. */
    void text(String json, String name) {
        String text = picked(json);
        switch (style.effective()) {
            case JSON, TABLE, WIDE -> streams.print(lineOf(forEyes(text)));
            case RAW -> streams.print(text);
            case NDJSON -> streams.print(JsonLayout.compact(text) + "\n");
            case YAML -> streams.print(YamlText.of(text));
            case NAME -> name(name);
        }
    }

    /** Shows a name on a line of its own; on a terminal with nothing in it that the terminal would obey. */
    public void name(String name) {
        streams.print((streams.outIsTerminal() ? Glyphs.cell(name) : Glyphs.line(name)) + "\n");
    }

    /** Whether what is shown is a table, and no part of a document is asked for. */
    public boolean tabular() {
        return style.pointer() == null && isTable();
    }

    boolean isTable() {
        return style.effective() == Format.TABLE || style.effective() == Format.WIDE;
    }

    /** Pushes out what is buffered. */
    public void flush() {
        streams.flush();
    }

    /** Tells a person something that is not the result. Nothing with {@code -q}. */
    public void note(String line) {
        if (!style.quiet()) {
            streams.err(line + "\n");
        }
    }

    private String forEyes(String json) {
        return streams.outIsTerminal() ? JsonLayout.indented(json, style.palette()) : json;
    }

    private String picked(String json) {
        JsonPointer pointer = style.pointer();
        if (pointer == null) {
            return json;
        }
        return pointer.find(json)
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        "pointer_not_found",
                        "The document has nothing at --pointer '" + pointer + "'."));
    }

    private static String lineOf(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }
}
