package dev.kvs.storage;

import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.storage.table.KeyRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Visible keys in byte order, merged from memtable and tables. Reads ahead in pages that double in size, so that a caller
 * who wants one key pays for few and one who wants thousands is not slowed by queries.
 *
 * <p>Consistent per key, not over the whole range: a key that is written while the scan runs may be seen or not.
 */
public final class Scan implements Iterator<Scan.Hit> {
    /** Keys that are read at first. */
    public static final int FIRST_PAGE = 8;

    private static final int LARGEST_PAGE = 1024;
    /** The place of a hit that has its version at hand. */
    private static final long IN_MEMORY = 0;

    private final Store store;
    private final Memtable.Generations generations;
    private final long synced;
    private final long nowMillis;
    private final boolean reverse;
    private byte[] start;
    private byte[] end;
    private int pageSize = FIRST_PAGE;
    private boolean exhausted;
    private Iterator<Hit> page = List.<Hit>of().iterator();

    /** One visible key; its version is read only when asked for. */
    public final class Hit {
        private final Key key;
        private final long place;
        private final @Nullable Version version;

        private Hit(Key key, long place, @Nullable Version version) {
            this.key = key;
            this.place = place;
            this.version = version;
        }

        public Key key() {
            return key;
        }

        /** The version this hit stands for; null when it was replaced and pruned since. */
        public @Nullable Version version() {
            if (version != null) {
                return version;
            }
            try {
                return store.tables().version(key, place);
            } catch (IOException e) {
                throw store.readFailed(e);
            }
        }
    }

    Scan(
            Store store,
            Memtable.Generations generations,
            long synced,
            long nowMillis,
            Keyspace keyspace,
            byte @Nullable [] start,
            byte @Nullable [] end,
            boolean reverse) {
        this.store = store;
        this.generations = generations;
        this.synced = synced;
        this.nowMillis = nowMillis;
        // Whatever bounds a client has sent, a scan never leaves its keyspace.
        this.start = later(keyspace.first(), start);
        this.end = earlier(keyspace.end(), end);
        this.reverse = reverse;
        this.exhausted = Arrays.compareUnsigned(this.start, this.end) >= 0;
    }

    private static byte[] later(byte[] a, byte @Nullable [] b) {
        return b == null || Arrays.compareUnsigned(a, b) > 0 ? a : b;
    }

    private static byte[] earlier(byte[] a, byte @Nullable [] b) {
        return b == null || Arrays.compareUnsigned(a, b) < 0 ? a : b;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !exhausted) {
            page = nextPage().iterator();
        }
        return page.hasNext();
    }

    @Override
    public Hit next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    private List<Hit> nextPage() {
        List<KeyRow> rows = readRows();
        List<Memtable.Generation.Stretch> recent = new ArrayList<>();
        if (generations.flushing() != null) {
            recent.add(generations.flushing().newestBetween(start, end, pageSize, reverse));
        }
        recent.add(generations.growing().newestBetween(start, end, pageSize, reverse));
        @Nullable Key last = rows.size() < pageSize ? null : rows.getLast().key();
        for (Memtable.Generation.Stretch stretch : recent) {
            last = nearer(last, stretch.end());
        }
        List<Hit> hits = merge(rows, recent, last);
        if (last == null) {
            exhausted = true;
        } else if (reverse) {
            end = last.utf8();
        } else {
            start = Key.following(last.utf8());
        }
        pageSize = Math.min(LARGEST_PAGE, pageSize * 2);
        return hits;
    }

    /** The one that a walk meets first; null stands behind everything. */
    private @Nullable Key nearer(@Nullable Key a, @Nullable Key b) {
        return a == null || b == null ? (a == null ? b : a) : isBehind(a, b) ? b : a;
    }

    private boolean isBehind(Key key, Key other) {
        return reverse ? key.compareTo(other) < 0 : key.compareTo(other) > 0;
    }

    private List<KeyRow> readRows() {
        try {
            return store.tables().rows(start, end, pageSize, reverse);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }

    /**
     * Rows of the tables and what the memtable holds up to the key that ends the page; the memtable's word counts. Whatever of
     * either lies behind that key is read again with the next page, so that a page costs what it gives, however full the
     * memtable is.
     */
    private List<Hit> merge(List<KeyRow> rows, List<Memtable.Generation.Stretch> recent, @Nullable Key last) {
        NavigableMap<Key, @Nullable Hit> merged = new TreeMap<>();
        for (KeyRow row : rows) {
            if (last == null || !isBehind(row.key(), last)) {
                merged.put(row.key(), row.isLiveAt(nowMillis) ? new Hit(row.key(), row.winner(), null) : null);
            }
        }
        for (Memtable.Generation.Stretch stretch : recent) {
            stretch.entries().forEach(newest -> overlay(merged, newest, last));
        }
        List<Hit> hits = new ArrayList<>(merged.size());
        for (Hit hit : (reverse ? merged.descendingMap() : merged).values()) {
            if (hit != null) {
                hits.add(hit);
            }
        }
        return hits;
    }

    private void overlay(NavigableMap<Key, @Nullable Hit> merged, Memtable.Entry newest, @Nullable Key last) {
        Memtable.Entry entry = Memtable.Entry.syncedFrom(newest, synced);
        if (entry != null) {
            Version winner = entry.winner();
            Key key = winner.key();
            if (last == null || !isBehind(key, last)) {
                merged.put(key, winner.isLiveAt(nowMillis) ? new Hit(key, IN_MEMORY, winner) : null);
            }
        }
    }
}
