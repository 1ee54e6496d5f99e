package dev.kvs.console.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A table.
 *
 * @param caption what it lists, read to those who do not see it
 * @param columns their heads
 * @param rows as many cells in each as there are columns
 */
public record Table(String caption, List<String> columns, List<List<Cell>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Begins a table. */
    public static Builder of(String caption, String... columns) {
        return new Builder(caption, List.of(columns));
    }

    /** Gathers rows. */
    public static final class Builder {
        private final String caption;
        private final List<String> columns;
        private final List<List<Cell>> rows = new ArrayList<>();

        private Builder(String caption, List<String> columns) {
            this.caption = caption;
            this.columns = columns;
        }

        public Builder row(Cell... cells) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException("a row has a cell for each column");
            }
            rows.add(List.of(cells));
            return this;
        }

        public Table build() {
            return new Table(caption, columns, rows);
        }
    }
}
