package dev.kvs.storage;

import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.PlacedVersion;
import dev.kvs.storage.table.ReadLimit;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What replication reads of a store: versions by where they come from, by the place of their key in the tree, by age. */
public final class Feed {
    private static final ReadLimit FIRST = new ReadLimit(1, Long.MAX_VALUE);

    private final Store store;
    private final Memtable memtable;
    private final CommitLog commits;
    private final Ledger ledger;
    private final Tables tables;
    private final Winners winners;

    Feed(Store store, Store.Parts parts) {
        this.store = store;
        this.memtable = parts.memtable();
        this.commits = parts.commits();
        this.ledger = parts.ledger();
        this.tables = parts.tables();
        this.winners = parts.winners();
    }

    /** Per store the sequence up to which all is here and durable, or was pruned where it came from; this store included. */
    public VersionVector knowledge() {
        return commits.durable().knowledge();
    }

    /**
     * The lowest timestamp of what is here and held back, {@link Long#MAX_VALUE} when nothing is: all that is known and dated
     * before it is in the key space, durably.
     */
    public long heldBackFrom() {
        return commits.durable().heldBackFrom();
    }

    /** The highest timestamp of all that is durable here. */
    public long latest() {
        return commits.durable().hlc();
    }

    /** As {@link #knowledge}, with what is not durable yet. */
    public VersionVector appendedKnowledge() {
        return commits.appendedKnowledge();
    }

    /** Remembers durably, but without waiting for it, that a store exists which may hold anything. */
    public void meet(StoreId store) {
        commits.meet(store);
    }

    /** Every other store that this one has ever met or has anything of. */
    public Set<StoreId> met() {
        Set<StoreId> met = new HashSet<>(ledger.met());
        appendedKnowledge().dots().forEach(dot -> met.add(dot.store()));
        met.remove(store.id());
        return met;
    }

    /** How long tombstones stay, in milliseconds. */
    public long tombstoneRetentionMillis() {
        return winners.tombstoneRetentionMillis();
    }

    /** Waits for nothing: calls {@code listener} on the log's thread each time something has become durable. */
    public void onSynced(Runnable listener) {
        commits.onSynced(listener);
    }

    /**
     * Calls {@code listener} on the log's thread with every version that has become the durable winner of a system key, in the
     * order of the log and before its writer is answered. It must be quick, and must not throw.
     */
    public void onSystemWinner(Consumer<Version> listener) {
        commits.onSystemWinner(listener);
    }

    /** Whether a version is here, synced or not, in the key space or held back. */
    public boolean holds(Dot dot) {
        if (dot.sequence() > ledger.highestOf(dot.store())) {
            return false;
        }
        // Memtable before tables: a version only ever moves in this direction.
        Memtable.Generations generations = memtable.generations();
        return ledger.holdsBack(dot)
                || holds(generations.growing(), dot)
                || (generations.flushing() != null && holds(generations.flushing(), dot))
                || inTables(dot);
    }

    private static boolean holds(Memtable.Generation generation, Dot dot) {
        OriginRun run = generation.of(dot.store());
        return run != null && run.holds(dot.sequence());
    }

    private boolean inTables(Dot dot) {
        try {
            return tables.holds(dot);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }

    /** The durable version of a dot; null when it is not here, or not yet durable. */
    public @Nullable Version version(Dot dot) {
        return firstOf(dot.store(), dot.sequence() - 1, dot.sequence());
    }

    /** The first durable version of a store with {@code after < sequence <= through}, null when there is none. */
    public @Nullable Version firstOf(StoreId origin, long after, long through) {
        List<Version> found = versionsOf(origin, after, through, FIRST).items();
        return found.isEmpty() ? null : found.getFirst();
    }

    /**
     * Durable versions of a store with {@code after < sequence <= through}, ascending, those held back included. What is missing
     * between them was pruned, as far as {@link #knowledge} reaches.
     */
    public Batch<Version> versionsOf(StoreId origin, long after, long through, ReadLimit limit) {
        Position durable = commits.durable();
        return versionsOf(
                origin,
                after,
                through,
                limit,
                new OriginRun.Reach(durable.seq(), durable.knowledge().sequenceOf(origin)));
    }

    /** What this store has written under its present name after a sequence and is still here, synced or not. */
    Batch<Version> writtenAfter(long after, ReadLimit limit) {
        return versionsOf(store.id(), after, Long.MAX_VALUE, limit, OriginRun.Reach.ALL);
    }

    private Batch<Version> versionsOf(
            StoreId origin, long after, long through, ReadLimit limit, OriginRun.Reach reach) {
        NavigableMap<Long, Version> found = new TreeMap<>();
        // What is held back before memtable before tables: a version only ever moves in this direction.
        collectHeldBack(origin, after, through, found);
        Memtable.Generations generations = memtable.generations();
        // One more than may be taken shows that there are more.
        int count = (int) Math.min(Integer.MAX_VALUE, limit.versions() + 1L);
        collect(generations.growing(), origin, after, through, count, reach, found);
        if (isWhole(found, after, through, count)) {
            return batch(found.values(), limit);
        }
        if (generations.flushing() != null) {
            collect(generations.flushing(), origin, after, through, count, reach, found);
        }
        try {
            Batch<Version> older = tables.stretch(origin, after, through, limit);
            older.items().forEach(version -> found.put(version.sequence(), version));
            if (!older.more()) {
                return batch(found.values(), limit);
            }
            // What was not read comes before everything beyond.
            long last = older.items().getLast().sequence();
            return new Batch<>(batch(found.headMap(last, true).values(), limit).items(), true);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }

    private static Batch<Version> batch(Collection<Version> versions, ReadLimit limit) {
        Batch.Builder<Version> batch = new Batch.Builder<>(limit);
        versions.forEach(version -> batch.add(version, version));
        return batch.build();
    }

    /** They are outside the key space, but they are here; who is told of a stretch without them would never get them. */
    private void collectHeldBack(StoreId origin, long after, long through, NavigableMap<Long, Version> found) {
        for (Version version : ledger.heldBack()) {
            if (version.origin().store().equals(origin)
                    && version.sequence() > after
                    && version.sequence() <= through) {
                found.put(version.sequence(), version);
            }
        }
    }

    /**
     * Nothing is missing, so no other place can add anything. The end counts too: what came out of order is in the tables
     * before what comes ahead of it, or is held back.
     */
    private static boolean isWhole(NavigableMap<Long, Version> found, long after, long through, int limit) {
        return !found.isEmpty()
                && found.firstKey() == after + 1
                && found.lastKey() - after == found.size()
                && (found.lastKey() == through || found.size() >= limit);
    }

    private static void collect(
            Memtable.Generation generation,
            StoreId origin,
            long after,
            long through,
            int limit,
            OriginRun.Reach reach,
            NavigableMap<Long, Version> found) {
        OriginRun run = generation.of(origin);
        if (run != null) {
            run.collect(after, through, limit, reach, found);
        }
    }

    /** All keys whose hash begins with one of these 16-bit numbers; each has a durable {@link #winner} or gets one soon. */
    public Set<Key> keysIn(Set<Integer> leaves) {
        Memtable.Generations generations = memtable.generations();
        Set<Key> keys = new LinkedHashSet<>();
        try {
            for (int leaf : leaves) {
                keys.addAll(tables.leaf(leaf));
            }
        } catch (IOException e) {
            throw store.readFailed(e);
        }
        addKeys(generations.growing(), leaves, keys);
        if (generations.flushing() != null) {
            addKeys(generations.flushing(), leaves, keys);
        }
        return keys;
    }

    private static void addKeys(Memtable.Generation generation, Set<Integer> leaves, Set<Key> keys) {
        for (Memtable.Entry entry : generation.newestWhere(hash -> leaves.contains((int) (hash >>> 48)))) {
            keys.add(entry.winner().key());
        }
    }

    /** As {@link Store#winner}. */
    public @Nullable Version winner(Key key) {
        return store.winner(key);
    }

    /** Whether a winner stands in the digest: not once it may be collected at the digest's epoch. */
    public boolean isCounted(Version winner) {
        return winners.collectableAt(winner) > winners.epoch();
    }

    /**
     * Winners in the tables, newest first and among those of one time by place downwards, behind this time and place. What is
     * only in the memtable is not among them; checkpoint first.
     */
    public Batch<PlacedVersion> newestBehind(long hlc, long place, ReadLimit limit) {
        try {
            return tables.newest(hlc, place, limit);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }

    /** Winners in the tables of keys with {@code start <= key < end}, in byte order; as {@link #newestBehind}. */
    public Batch<Version> winnersBetween(byte[] start, byte[] end, ReadLimit limit) {
        try {
            return tables.winnersBetween(start, end, limit);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }
}
