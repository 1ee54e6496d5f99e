package dev.kvs.ctl.output;

import java.util.ArrayList;
import java.util.List;

/**
 * The one place that lays out tables. On a terminal columns are aligned; into a pipe cells are separated by tabs. Aligned
 * tables measure their first {@value #MEASURED} rows and then stream, so that a listing of any length needs bounded
 * memory; a later cell that is wider pushes its line to the right, and none is cut.
 */
final class TableText {
    /** Rows held back to measure: more than anybody reads at once. */
    static final int MEASURED = 1_000;

    private static final String GAP = "  ";

    private final Streams streams;
    private final List<Column> columns;
    private final boolean aligned;
    private final Palette palette;
    private final List<List<String>> held = new ArrayList<>();
    private final int[] widths;
    private boolean headers;
    private boolean measured;

    TableText(Streams streams, List<Column> columns, boolean headers, Palette palette) {
        this.streams = streams;
        this.columns = columns;
        this.aligned = streams.outIsTerminal();
        this.palette = palette;
        this.widths = new int[columns.size()];
        this.measured = !aligned;
        this.headers = headers;
    }

    /** Writes one row: a text for every column. */
    void row(List<String> cells) {
        if (!measured) {
            held.add(cells);
            if (held.size() == MEASURED) {
                release();
            }
            return;
        }
        header();
        line(cells, Palette.PLAIN);
    }

    /** Writes what is held back. A table without rows shows its header, so that "nothing" does not look like "broken". */
    void end() {
        release();
        header();
    }

    private void release() {
        measured = true;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headers ? columns.get(i).header().length() : 0;
            for (List<String> cells : held) {
                widths[i] = Math.max(widths[i], Glyphs.width(cells.get(i)));
            }
        }
        header();
        for (List<String> cells : held) {
            line(cells, Palette.PLAIN);
        }
        held.clear();
    }

    private void header() {
        if (headers) {
            headers = false;
            line(columns.stream().map(Column::header).toList(), palette);
        }
    }

    private void line(List<String> cells, Palette colours) {
        String text = aligned ? aligned(cells) : String.join("\t", cells);
        streams.print((colours == Palette.PLAIN ? text : colours.header(text)) + "\n");
    }

    private String aligned(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            int padding = Math.max(0, widths[i] - Glyphs.width(cell));
            line.append(i == 0 ? "" : GAP);
            if (columns.get(i).right()) {
                line.repeat(" ", padding).append(cell);
            } else {
                line.append(cell).repeat(" ", padding);
            }
        }
        return line.toString().stripTrailing();
    }
}
