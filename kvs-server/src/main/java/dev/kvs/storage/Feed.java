package dev.kvs.storage;

import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.table.PlacedVersion;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What replication reads of a store: versions by where they come from, by the place of their key in the tree, by age. */
public final class Feed {
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
        return commits.knowledge();
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

    /**
     * Durable versions of a store with {@code after < sequence <= through}, ascending, at most {@code limit}, those held
     * back included. What is missing between them was pruned, as far as {@link #knowledge} reaches.
     */
    public List<Version> versionsOf(StoreId origin, long after, long through, int limit) {
        return versionsOf(origin, after, through, limit, commits.synced());
    }

    /** All that this store has written under its present name after a sequence and that is still here, synced or not. */
    List<Version> writtenAfter(long after) {
        return versionsOf(store.id(), after, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    private List<Version> versionsOf(StoreId origin, long after, long through, int limit, long synced) {
        Memtable.Generations generations = memtable.generations();
        NavigableMap<Long, Version> found = new TreeMap<>();
        collect(generations.growing(), origin, after, through, limit, synced, found);
        if (isWhole(found, after, through, limit)) {
            return List.copyOf(found.values());
        }
        if (generations.flushing() != null) {
            collect(generations.flushing(), origin, after, through, limit, synced, found);
        }
        try {
            tables.stretch(origin, after, through, limit).forEach(version -> found.put(version.sequence(), version));
        } catch (IOException e) {
            throw store.readFailed(e);
        }
        collectHeldBack(origin, after, through, found);
        return found.values().stream().limit(limit).toList();
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
            long synced,
            NavigableMap<Long, Version> found) {
        OriginRun run = generation.of(origin);
        if (run != null) {
            run.collect(after, through, limit, synced, found);
        }
    }

    /** The durable winners of all keys whose hash begins with one of these 16-bit numbers. */
    public List<Version> winnersIn(Set<Integer> leaves) {
        Memtable.Generations generations = memtable.generations();
        long synced = commits.synced();
        Map<Key, Version> winners = new HashMap<>();
        try {
            for (int leaf : new HashSet<>(leaves)) {
                tables.leaf(leaf).forEach(version -> winners.put(version.key(), version));
            }
        } catch (IOException e) {
            throw store.readFailed(e);
        }
        List<Memtable.Generation> newer = new ArrayList<>();
        if (generations.flushing() != null) {
            newer.add(generations.flushing());
        }
        newer.add(generations.growing());
        for (Memtable.Generation generation : newer) {
            for (Memtable.Entry newest : generation.newestWhere(hash -> leaves.contains((int) (hash >>> 48)))) {
                Memtable.Entry entry = Memtable.Entry.syncedFrom(newest, synced);
                if (entry != null) {
                    winners.put(entry.winner().key(), entry.winner());
                }
            }
        }
        return List.copyOf(winners.values());
    }

    /** Whether a winner stands in the digest: not once it may be collected at the digest's epoch. */
    public boolean isCounted(Version winner) {
        return winners.collectableAt(winner) > winners.epoch();
    }

    /**
     * Winners in the tables, newest first and among those of one time by place downwards, behind this time and place. What is
     * only in the memtable is not among them; checkpoint first.
     */
    public List<PlacedVersion> newestBehind(long hlc, long place, int limit) {
        try {
            return tables.newest(hlc, place, limit);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }

    /** Winners in the tables of keys with {@code start <= key < end}, in byte order; as {@link #newestBehind}. */
    public List<Version> winnersBetween(byte[] start, byte[] end, int limit) {
        try {
            return tables.winnersBetween(start, end, limit);
        } catch (IOException e) {
            throw store.readFailed(e);
        }
    }
}
