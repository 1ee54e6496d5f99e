package dev.kvs.storage;

import dev.kvs.model.Key;
import dev.kvs.platform.Check;
import dev.kvs.storage.table.StoredVersion;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are in the log but not in the tables yet, in key order. Two generations: one that grows and, while a
 * checkpoint runs, one that is being written out. Whoever inserts or switches generations holds the log's lock; readers
 * need none.
 */
final class Memtable {
    private volatile Generations generations = new Generations(new Generation(), null);

    /**
     * One version in memory, newest first in its key's chain.
     *
     * @param stored the version and its place in the log
     * @param winner the key's winner when this version had arrived: this one, or an older one here or in the tables
     * @param older the version of this key that arrived before, in the same generation
     */
    record Entry(
            StoredVersion stored,
            StoredVersion winner,
            @Nullable Entry older) {
        /** The newest entry of this chain that is synced, or null. */
        static @Nullable Entry syncedFrom(@Nullable Entry newest, long syncedSeq) {
            Entry entry = newest;
            while (entry != null && entry.stored.seq() > syncedSeq) {
                entry = entry.older;
            }
            return entry;
        }
    }

    /** One generation. */
    static final class Generation {
        private static final int ENTRY_BYTES = 96;

        final ConcurrentNavigableMap<Key, Entry> entries = new ConcurrentSkipListMap<>();
        private final AtomicLong bytes = new AtomicLong();
        private volatile long lastSeq;

        /** The last log sequence inserted, 0 when empty. */
        long lastSeq() {
            return lastSeq;
        }

        boolean isEmpty() {
            return entries.isEmpty();
        }

        /** Entries with {@code from <= key < to} in byte order; a live view. */
        NavigableMap<Key, Entry> between(byte[] from, byte[] to) {
            return entries.subMap(Key.bound(from), true, Key.bound(to), false);
        }

        private void insert(StoredVersion stored, StoredVersion winner) {
            Key key = stored.version().key();
            Check.that(stored.seq() > lastSeq, "versions arrive in log order", stored.seq());
            entries.put(key, new Entry(stored, winner, entries.get(key)));
            bytes.addAndGet(stored.version().footprint() + (long) ENTRY_BYTES);
            lastSeq = stored.seq();
        }
    }

    /** A consistent view: take it once, then look in {@code growing} before {@code flushing} before the tables. */
    record Generations(Generation growing, @Nullable Generation flushing) {
        /** The newest entry of a key that is synced, or null when only the tables can know it. */
        @Nullable
        Entry synced(Key key, long syncedSeq) {
            Entry entry = Entry.syncedFrom(growing.entries.get(key), syncedSeq);
            return entry != null || flushing == null ? entry : Entry.syncedFrom(flushing.entries.get(key), syncedSeq);
        }

        /** The newest entry of a key, synced or not. */
        @Nullable
        Entry newest(Key key) {
            return synced(key, Long.MAX_VALUE);
        }
    }

    Generations generations() {
        return generations;
    }

    /** Adds a version together with the key's winner now that it is here. */
    void insert(StoredVersion stored, StoredVersion winner) {
        generations.growing.insert(stored, winner);
    }

    /** Begins a new generation; the grown one is returned and stays readable until {@link #drop}. */
    Generation rotate() {
        Generations now = generations;
        Check.that(now.flushing == null, "one generation is written out at a time");
        generations = new Generations(new Generation(), now.growing);
        return now.growing;
    }

    /** Forgets the generation that was written out. */
    void drop() {
        generations = new Generations(generations.growing, null);
    }

    /** Estimated heap of both generations. */
    long bytes() {
        Generations now = generations;
        return now.growing.bytes.get() + (now.flushing == null ? 0 : now.flushing.bytes.get());
    }

    /** Estimated heap of the growing generation. */
    long growingBytes() {
        return generations.growing.bytes.get();
    }
}
