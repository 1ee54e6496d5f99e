package dev.kvs.storage.table;

import dev.kvs.model.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * The first of what a query has found, as far as they fit into a {@link ReadLimit}.
 *
 * @param items in the query's order
 * @param more whether there is something behind them
 */
public record Batch<T>(List<T> items, boolean more) {
    public Batch {
        items = List.copyOf(items);
    }

    /** Fills a batch item by item, so that whoever reads can stop as soon as it is full. */
    public static final class Builder<T> {
        private final ReadLimit limit;
        private final List<T> items = new ArrayList<>();
        private long bytes;
        private boolean full;

        /** An empty one. */
        public Builder(ReadLimit limit) {
            this.limit = limit;
        }

        /** Takes an item if there is room for its version. Nothing is taken any more after one that did not fit. */
        public void add(T item, Version version) {
            bytes += version.footprint();
            boolean fits = items.isEmpty() || (items.size() < limit.versions() && bytes <= limit.bytes());
            full |= !fits;
            if (!full) {
                items.add(item);
            }
        }

        /** Whether there was something that did not fit. */
        public boolean isFull() {
            return full;
        }

        /** What was taken. */
        public Batch<T> build() {
            return new Batch<>(items, full);
        }
    }
}
