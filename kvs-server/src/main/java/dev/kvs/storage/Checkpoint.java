package dev.kvs.storage;

import dev.kvs.model.Origin;
import dev.kvs.platform.Disk;
import dev.kvs.storage.log.WriteAheadLog;
import dev.kvs.storage.table.KeyChange;
import dev.kvs.storage.table.Meta;
import dev.kvs.storage.table.StoredVersion;
import dev.kvs.storage.table.TableWriter;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves a full memtable generation into the tables: first every version in arrival order, which only appends; then one row
 * a key, in key order; then one commit. Only after that commit was read back from the disk is the log cut.
 */
final class Checkpoint {
    /** File growth is held back by rewriting chunks that are less than this full; see docs/performance.md. */
    private static final int REWRITE_BELOW_PERCENT = 55;

    /** Most bytes rewritten in one checkpoint, so that compaction never outgrows the writes that made it necessary. */
    private static final int REWRITE_BYTES = 16 << 20;

    private final Disk disk;
    private final Tables tables;
    private final WriteAheadLog log;
    private final Origin origin;
    private final int historyMax;

    Checkpoint(Disk disk, Tables tables, WriteAheadLog log, Origin origin, int historyMax) {
        this.disk = disk;
        this.tables = tables;
        this.log = log;
        this.origin = origin;
        this.historyMax = historyMax;
    }

    /** What a checkpoint did: versions and keys written. */
    record Done(int versions, int keys) {}

    /** Writes the generation, which must be synced, and commits; the caller then drops it. */
    Done write(Memtable.Generation generation, CommitLog.Position position) throws IOException {
        List<Memtable.Entry> entries = generation.newestInOrder();
        List<KeyChange> changes = new ArrayList<>(entries.size());
        List<StoredVersion> versions = new ArrayList<>();
        for (Memtable.Entry newest : entries) {
            changes.add(collect(newest, versions));
        }
        versions.sort(Comparator.comparingLong(StoredVersion::seq));
        TableWriter writer = tables.writer();
        for (StoredVersion version : versions) {
            writer.append(version);
        }
        writer.change(changes);
        tables.rewriteSparse(REWRITE_BELOW_PERCENT, REWRITE_BYTES);
        commit(new Meta(origin.store(), position.seq(), position.sequence(), position.hlc()));
        return new Done(versions.size(), changes.size());
    }

    /** Commits what housekeeping changed. */
    void commitHousekeeping() throws IOException {
        commit(tables.meta());
    }

    private void commit(Meta meta) throws IOException {
        tables.commit(meta);
        new Manifest(origin.store(), origin.joinedMillis(), meta.applied(), log.currentSegment()).write(disk);
        log.removeThrough(meta.applied());
    }

    /**
     * Chooses what of a key's chain is written: the newest versions that fit its history, and the winner. Older ones would
     * be pruned in the same breath, so they never reach the tables.
     */
    private KeyChange collect(Memtable.Entry newest, List<StoredVersion> versions) {
        StoredVersion winner = newest.winner();
        long[] seqs = new long[historyMax + 1];
        int count = 0;
        boolean pruned = false;
        for (Memtable.@Nullable Entry entry = newest; entry != null; entry = entry.older()) {
            StoredVersion stored = entry.stored();
            if (count < historyMax || stored.seq() == winner.seq()) {
                seqs[count++] = stored.seq();
                versions.add(stored);
            } else {
                pruned = true;
            }
        }
        long[] ascending = Arrays.copyOf(seqs, count);
        Arrays.sort(ascending);
        return new KeyChange(ascending, pruned, winner);
    }
}
