package dev.kvs.storage;

import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.storage.table.DueEntry;
import dev.kvs.storage.table.TableWriter;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Works through the agenda: drops documents that have expired and collects what nobody needs any more.
 *
 * <p>A key whose winner has expired, and a tombstone older than its retention, is removed with its history once every store
 * knows of it; on a lone node that is at once. Keys with news in the memtable are left for later: only the tables' own
 * thread decides, and only about what it can see whole.
 */
final class Housekeeping {
    /** Entries worked on between two commits: a fraction of a second's work. */
    static final int BATCH = 2_000;

    private final Tables tables;
    private final Memtable memtable;
    private final long tombstoneRetentionMillis;

    Housekeeping(Tables tables, Memtable memtable, long tombstoneRetentionMillis) {
        this.tables = tables;
        this.memtable = memtable;
        this.tombstoneRetentionMillis = tombstoneRetentionMillis;
    }

    /**
     * What was done.
     *
     * @param forgotten keys that are gone; the caller clears them from its cache after the commit
     * @param expired how many of them had expired
     * @param more whether the agenda has more that is due
     */
    record Done(List<Key> forgotten, int expired, boolean more) {}

    /** Works on up to {@link #BATCH} entries that are due; the caller commits. */
    Done run(long nowMillis) throws IOException {
        List<DueEntry> due = tables.due(nowMillis, BATCH);
        List<Key> forgotten = new ArrayList<>();
        int expired = 0;
        TableWriter writer = tables.writer();
        for (DueEntry entry : due) {
            writer.settle(entry);
            Version version = tables.winner(entry.key());
            if (version == null || memtable.generations().newest(entry.key()) != null) {
                // News in the memtable brings its own appointment when it reaches the tables.
                continue;
            }
            long collectable = collectableAt(version);
            if (collectable <= nowMillis) {
                writer.forget(entry.key());
                forgotten.add(entry.key());
                expired += version.kind() == Kind.TOMBSTONE ? 0 : 1;
            } else if (version.kind() == Kind.TOMBSTONE) {
                // The retention was raised since this appointment was made.
                writer.appoint(collectable, entry.key());
            }
        }
        return new Done(forgotten, expired, due.size() == BATCH);
    }

    private long collectableAt(Version version) {
        return version.kind() == Kind.TOMBSTONE
                ? Hlc.millis(version.hlc()) + tombstoneRetentionMillis
                : version.expiresAt();
    }
}
