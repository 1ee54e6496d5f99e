package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.storage.log.WriteAheadLog;
import dev.kvs.storage.table.KeyChange;
import dev.kvs.storage.table.Meta;
import dev.kvs.storage.table.StateTables;
import dev.kvs.storage.table.TableWriter;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves a full memtable generation into the tables: first every version in arrival order, which only appends; then one row
 * a key, in key order; then one commit. Only after that commit was read back from the disk is the log cut.
 */
final class Checkpoint {
    /** File growth is held back by rewriting chunks that are less than this full; see docs/performance.md. */
    private static final int REWRITE_BELOW_PERCENT = 55;

    /** Least bytes that a checkpoint may rewrite. */
    private static final int REWRITE_BYTES_MIN = 16 << 20;

    /** Most bytes that a checkpoint may rewrite: some seconds of work. */
    private static final int REWRITE_BYTES_MAX = 256 << 20;

    private final Disk disk;
    private final Tables tables;
    private final WriteAheadLog log;
    private final CommitLog commits;
    private final Ledger ledger;
    private final int historyMax;
    private final Trail trail;

    Checkpoint(
            Disk disk,
            Tables tables,
            WriteAheadLog log,
            CommitLog commits,
            Ledger ledger,
            Trail trail,
            int historyMax) {
        this.disk = disk;
        this.tables = tables;
        this.log = log;
        this.commits = commits;
        this.ledger = ledger;
        this.trail = trail;
        this.historyMax = historyMax;
    }

    /** What a checkpoint did: versions and keys written. */
    record Done(int versions, int keys) {}

    /** Writes the generation, which must be synced, and commits; the caller then drops it. */
    Done write(Rotation rotation) throws IOException {
        Memtable.Generation generation = rotation.generation();
        Position position = rotation.position();
        List<Memtable.Entry> entries = generation.newestInOrder();
        List<KeyChange> changes = new ArrayList<>(entries.size());
        ArrivalOrder arrivals = new ArrivalOrder(generation);
        for (Memtable.Entry newest : entries) {
            changes.add(collect(newest, arrivals));
        }
        TableWriter writer = tables.writer();
        int count = 0;
        for (List<Version> ofOneStore : arrivals.byStore()) {
            for (Version version : ofOneStore) {
                writer.append(version);
            }
            count += ofOneStore.size();
        }
        writer.change(changes);
        writeState(rotation, writer.state());
        rewriteSparse();
        trail.sync();
        commit(new Meta(
                position.store(),
                position.seq(),
                position.sequence(),
                position.hlc(),
                rotation.digest().epoch(),
                rotation.digest().tombstoneRetentionMillis()));
        return new Done(count, changes.size());
    }

    private void writeState(Rotation rotation, StateTables state) throws IOException {
        state.heard(rotation.position().heard());
        Memtable.Side side = rotation.generation().side();
        for (StoreId store : side.met()) {
            state.met(store);
        }
        for (Key key : side.forgotten()) {
            state.forgetConflict(key);
        }
        for (Conflict conflict : side.conflicts().values()) {
            state.conflict(conflict);
        }
        for (Version version : side.heldBack()) {
            state.hold(version);
        }
        for (Version version : side.released()) {
            state.release(version);
        }
        rotation.digest().writePages(state);
    }

    /**
     * Every page that a checkpoint writes leaves an old one dead, so as much is rewritten as was written: less, and the
     * file would grow without bound under random overwriting.
     */
    private void rewriteSparse() throws IOException {
        long written = tables.pendingBytes();
        int budget = Math.clamp(written, REWRITE_BYTES_MIN, REWRITE_BYTES_MAX);
        tables.rewriteSparse(REWRITE_BELOW_PERCENT, budget);
    }

    /** Versions by their log sequence. A generation's sequences have no gaps, so each has its place and none is sorted. */
    private static final class ArrivalOrder {
        private final long first;
        private final @Nullable StoredVersion[] places;

        ArrivalOrder(Memtable.Generation generation) {
            first = generation.firstSeq();
            places = new StoredVersion[generation.isEmpty() ? 0 : (int) (generation.lastSeq() - first + 1)];
        }

        void add(StoredVersion version) {
            places[(int) (version.seq() - first)] = version;
        }

        /** Store by store, because that is how the tables are laid out. */
        Collection<List<Version>> byStore() {
            Map<StoreId, List<Version>> stores = new LinkedHashMap<>();
            for (StoredVersion stored : places) {
                if (stored != null) {
                    Version version = stored.version();
                    stores.computeIfAbsent(version.origin().store(), _ -> new ArrayList<>())
                            .add(version);
                }
            }
            return stores.values();
        }
    }

    /** Commits what housekeeping changed. */
    void commitHousekeeping() throws IOException {
        commit(tables.meta());
    }

    private void commit(Meta meta) throws IOException {
        tables.commit(meta);
        announce(commits.origin().store());
        log.removeThrough(meta.applied());
    }

    /** Writes the manifest; {@code name} is what the store is called or about to be called. */
    void announce(StoreId name) throws IOException {
        Meta meta = tables.meta();
        new Manifest(
                        meta.store(),
                        commits.origin().joinedMillis(),
                        meta.applied(),
                        log.currentSegment(),
                        name.equals(meta.store()) ? null : name)
                .write(disk);
    }

    /**
     * Chooses what of a key's chain is written: the newest versions that fit its history, and the winner. Older ones would
     * be pruned in the same breath, so they never reach the tables.
     */
    private KeyChange collect(Memtable.Entry newest, ArrivalOrder arrivals) {
        Version winner = newest.winner();
        Conflict conflict = ledger.conflict(winner.key());
        Deque<Version> added = new ArrayDeque<>();
        boolean pruned = false;
        for (Memtable.@Nullable Entry entry = newest; entry != null; entry = entry.older()) {
            StoredVersion stored = entry.stored();
            if (added.size() < historyMax || stored.version().equals(winner) || isNamed(conflict, stored.version())) {
                added.addFirst(stored.version());
                arrivals.add(stored);
            } else {
                pruned = true;
            }
        }
        return new KeyChange(List.copyOf(added), pruned, winner, conflict);
    }

    private static boolean isNamed(@Nullable Conflict conflict, Version version) {
        return conflict != null
                && conflict.rivals().stream().anyMatch(rival -> rival.uuid().equals(version.uuid()));
    }
}
