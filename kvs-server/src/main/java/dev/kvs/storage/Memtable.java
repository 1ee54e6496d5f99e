package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.platform.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are in the log but not in the tables yet, in key order. Two generations: one that grows and, while a
 * checkpoint runs, one that is being written out. Whoever inserts or switches generations holds the log's lock; readers
 * need none.
 */
final class Memtable {
    /** About what a conflict or a version held back takes with its place in a map. */
    private static final int SIDE_BYTES = 1_000;

    private volatile Generations generations = new Generations(new Generation(), null);

    /**
     * One version in memory, newest first in its key's chain.
     *
     * @param stored the version and its place in the log
     * @param winner the key's winner when this version had arrived: this one, or an older one here or in the tables
     * @param older the version of this key that arrived before, in the same generation
     */
    record Entry(
            StoredVersion stored, Version winner, @Nullable Entry older) {
        /** The newest entry of this chain that is synced, or null. */
        static @Nullable Entry syncedFrom(@Nullable Entry newest, long syncedSeq) {
            Entry entry = newest;
            while (entry != null && entry.stored.seq() > syncedSeq) {
                entry = entry.older;
            }
            return entry;
        }
    }

    /** The versions of one key in one generation. */
    static final class Chain {
        private final Key key;
        private final byte[] utf8;
        private volatile @Nullable Entry newest;

        private Chain(Key key) {
            this.key = key;
            this.utf8 = key.utf8();
        }

        /** The key's bytes, at hand for sorting. */
        byte[] utf8() {
            return utf8;
        }

        Key key() {
            return key;
        }

        /** The entry that came last; every chain has one once its writer has let the log's lock go. */
        @Nullable
        Entry newest() {
            return newest;
        }
    }

    /** What a generation holds besides versions, as it stands after its last record. Written under the log's lock. */
    static final class Side {
        private final Map<Key, Conflict> conflicts = new HashMap<>();
        private final List<Key> forgotten = new ArrayList<>();
        private final List<Version> heldBack = new ArrayList<>();
        private final List<Version> released = new ArrayList<>();
        private final List<StoreId> met = new ArrayList<>();

        /** Conflicts that changed, as they stand now. */
        Map<Key, Conflict> conflicts() {
            return conflicts;
        }

        /** Keys whose conflict made room for others. */
        List<Key> forgotten() {
            return forgotten;
        }

        /** Versions held back since the generation began. */
        List<Version> heldBack() {
            return heldBack;
        }

        /** Versions that were held back and whose time has come. */
        List<Version> released() {
            return released;
        }

        /** Stores met since the generation began. */
        List<StoreId> met() {
            return met;
        }
    }

    /** One generation. */
    static final class Generation {
        private static final int ENTRY_BYTES = 48;
        private static final int CHAIN_BYTES = 96;

        private final ConcurrentMap<Key, Chain> chains = new ConcurrentHashMap<>();
        private final ChainOrder order = new ChainOrder();
        private final ConcurrentMap<StoreId, OriginRun> origins = new ConcurrentHashMap<>();
        private final Side side = new Side();
        private final AtomicLong bytes = new AtomicLong();
        private volatile long firstSeq;
        private volatile long lastSeq;

        /** The first log sequence inserted, 0 when empty. */
        long firstSeq() {
            return firstSeq;
        }

        /** The last log sequence inserted, 0 when empty. */
        long lastSeq() {
            return lastSeq;
        }

        boolean isEmpty() {
            return lastSeq == 0;
        }

        /** What came besides versions. */
        Side side() {
            return side;
        }

        /** The versions of a store in this generation, null when there are none. */
        @Nullable
        OriginRun of(StoreId store) {
            return origins.get(store);
        }

        /** The newest entries of the keys that {@code wanted} names by their {@link Key#hash}; reads all keys. */
        List<Entry> newestWhere(LongPredicate wanted) {
            List<Entry> entries = new ArrayList<>();
            for (Chain chain : chains.values()) {
                Entry newest = wanted.test(chain.key().hash()) ? chain.newest() : null;
                if (newest != null) {
                    entries.add(newest);
                }
            }
            return entries;
        }

        /** Takes a log sequence that brought no version. */
        private void pass(long seq) {
            Check.that(lastSeq == 0 || seq == lastSeq + 1, "records arrive in log order", seq);
            if (lastSeq == 0) {
                firstSeq = seq;
            }
            lastSeq = seq;
        }

        /** The newest entry of a key, or null. */
        @Nullable
        Entry newest(Key key) {
            Chain chain = chains.get(key);
            return chain == null ? null : chain.newest();
        }

        /** The synced versions of a key, in arrival order. */
        List<Version> syncedOf(Key key, long syncedSeq) {
            Deque<Version> versions = new ArrayDeque<>();
            for (Entry entry = Entry.syncedFrom(newest(key), syncedSeq); entry != null; entry = entry.older()) {
                versions.addFirst(entry.stored().version());
            }
            return List.copyOf(versions);
        }

        /** Entries of a part of the key space; {@code end} is the farthest key looked at, null when that was all of it. */
        record Stretch(List<Entry> entries, @Nullable Key end) {}

        /** The newest entry of every key, in byte order of the keys. */
        List<Entry> newestInOrder() {
            return newestOf(order.inOrder());
        }

        /**
         * The newest entry of each key with {@code from <= key < to}, in byte order of the keys: of so many keys at most, the
         * first, or the last when {@code fromEnd}.
         */
        Stretch newestBetween(byte[] from, byte[] to, int limit, boolean fromEnd) {
            List<Chain> all = order.between(Key.bound(from), Key.bound(to));
            if (all.size() <= limit) {
                return new Stretch(newestOf(all), null);
            }
            List<Chain> some = fromEnd ? all.subList(all.size() - limit, all.size()) : all.subList(0, limit);
            return new Stretch(newestOf(some), (fromEnd ? some.getFirst() : some.getLast()).key());
        }

        private static List<Entry> newestOf(List<Chain> chains) {
            List<Entry> entries = new ArrayList<>(chains.size());
            for (Chain chain : chains) {
                Entry newest = chain.newest();
                if (newest != null) {
                    entries.add(newest);
                }
            }
            return entries;
        }

        private void insert(StoredVersion stored, Version winner) {
            Key key = stored.version().key();
            Chain chain = chains.get(key);
            int added = stored.version().footprint() + ENTRY_BYTES;
            if (chain == null) {
                chain = new Chain(key);
                chain.newest = new Entry(stored, winner, null);
                chains.put(key, chain);
                order.add(chain);
                added += CHAIN_BYTES + 2 * key.utf8().length;
            } else {
                chain.newest = new Entry(stored, winner, chain.newest);
            }
            bytes.addAndGet(added);
            origins.computeIfAbsent(stored.version().origin().store(), _ -> new OriginRun())
                    .add(stored);
            pass(stored.seq());
        }
    }

    /** A consistent view: take it once, then look in {@code growing} before {@code flushing} before the tables. */
    record Generations(Generation growing, @Nullable Generation flushing) {
        /** The newest entry of a key that is synced, or null when only the tables can know it. */
        @Nullable
        Entry synced(Key key, long syncedSeq) {
            Entry entry = Entry.syncedFrom(growing.newest(key), syncedSeq);
            return entry != null || flushing == null ? entry : Entry.syncedFrom(flushing.newest(key), syncedSeq);
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

    /** The winner of a key before a version arrived, and whether it is the version now. */
    record Arrival(@Nullable Version before, boolean wins) {}

    /** Adds a version; {@code known} is the winner it meets, unless there is a newer entry of its key here. */
    Arrival arrive(StoredVersion stored, @Nullable Version known) {
        Version version = stored.version();
        Entry newest = generations.newest(version.key());
        Version before = newest == null ? known : newest.winner();
        Version winner = before == null ? version : VersionOrder.INSTANCE.winner(version, before);
        generations.growing.insert(stored, winner);
        return new Arrival(before, before == null || !winner.equals(before));
    }

    /** What the growing generation holds besides versions; for the holder of the log's lock. */
    Side growingSide() {
        return generations.growing.side;
    }

    /** Takes what a log record brought besides a version. */
    void note(long seq, Consumer<Side> what) {
        Generation growing = generations.growing;
        what.accept(growing.side);
        growing.bytes.addAndGet(SIDE_BYTES);
        growing.pass(seq);
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
