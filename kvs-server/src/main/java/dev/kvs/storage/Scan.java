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
    private static final int FIRST_PAGE = 16;
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
        byte[] from = start;
        byte[] to = end;
        if (rows.size() < pageSize) {
            exhausted = true;
        } else if (reverse) {
            from = rows.getLast().key().utf8();
            end = from;
        } else {
            to = Key.following(rows.getLast().key().utf8());
            start = to;
        }
        pageSize = Math.min(LARGEST_PAGE, pageSize * 2);
        return merge(rows, from, to);
    }

    private List<KeyRow> readRows() {
        try {
            return store.tables().rows(start, end, pageSize, reverse);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }

    /** Rows of the tables and what the memtable holds in the same stretch; the memtable's word counts. */
    private List<Hit> merge(List<KeyRow> rows, byte[] from, byte[] to) {
        NavigableMap<Key, @Nullable Hit> merged = new TreeMap<>();
        for (KeyRow row : rows) {
            merged.put(row.key(), row.isLiveAt(nowMillis) ? new Hit(row.key(), row.winner(), null) : null);
        }
        if (generations.flushing() != null) {
            overlay(merged, generations.flushing(), from, to);
        }
        overlay(merged, generations.growing(), from, to);
        List<Hit> hits = new ArrayList<>(merged.size());
        for (Hit hit : (reverse ? merged.descendingMap() : merged).values()) {
            if (hit != null) {
                hits.add(hit);
            }
        }
        return hits;
    }

    private void overlay(
            NavigableMap<Key, @Nullable Hit> merged, Memtable.Generation generation, byte[] from, byte[] to) {
        for (Memtable.Entry newest : generation.newestBetween(from, to)) {
            Memtable.Entry entry = Memtable.Entry.syncedFrom(newest, synced);
            if (entry != null) {
                Version winner = entry.winner();
                Key key = winner.key();
                merged.put(key, winner.isLiveAt(nowMillis) ? new Hit(key, IN_MEMORY, winner) : null);
            }
        }
    }
}
