package dev.kvs.ctl.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of those columns that the format shows. */
final class FieldTable {
    private final TableText table;
    private final List<Integer> shown = new ArrayList<>();

    FieldTable(Streams streams, List<Column> columns, Style style) {
        for (int i = 0; i < columns.size(); i++) {
            boolean show = switch (columns.get(i).shown()) {
                case ALWAYS -> true;
                case WIDE -> style.effective() == Format.WIDE;
                case NEVER -> false;
            };
            if (show) {
                shown.add(i);
            }
        }
        this.table =
                new TableText(streams, shown.stream().map(columns::get).toList(), style.headers(), style.palette());
    }

    /** Writes a value for every column, shown or not. */
    void row(@Nullable Object... values) {
        table.row(shown.stream().map(i -> Column.text(values[i])).toList());
    }

    void end() {
        table.end();
    }
}
