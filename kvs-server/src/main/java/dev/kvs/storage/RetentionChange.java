package dev.kvs.storage;

import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.storage.table.KeyRow;
import dev.kvs.storage.table.Meta;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.List;

/**
 * Brings the digest and the agenda of a store that is being opened from the retention of tombstones that they were written by
 * to the one that is set now. Whether a tombstone stands in the digest depends on it: one that the digest has and the store
 * takes for left out would never be taken out.
 *
 * <p>Reads the row of every key, seconds for millions, once after each change of the setting.
 */
final class RetentionChange {
    /** Rows read at a time: a few megabytes. */
    private static final int ROWS = 10_000;

    private final Tables tables;
    private final Winners winners;
    private final Meta before;

    RetentionChange(Tables tables, Winners winners) {
        this.tables = tables;
        this.winners = winners;
        this.before = tables.meta();
    }

    /**
     * Commits at once, because what housekeeping removes from now on must not stand in the digest that a restart would read.
     */
    void apply() throws IOException {
        if (before.tombstoneRetentionMillis() == winners.tombstoneRetentionMillis()) {
            return;
        }
        byte[] start = Keyspace.SYSTEM.first();
        List<KeyRow> rows = tables.rows(start, Keyspace.DOCUMENTS.end(), ROWS, false);
        while (!rows.isEmpty()) {
            for (KeyRow row : rows) {
                if (row.kind() == Kind.TOMBSTONE) {
                    apply(Check.present(tables.winner(row.key()), "a row names a winner"));
                }
            }
            start = Key.following(rows.getLast().key().utf8());
            rows = tables.rows(start, Keyspace.DOCUMENTS.end(), ROWS, false);
        }
        Winners.Snapshot digest = winners.takeChanged();
        digest.writePages(tables.writer().state());
        tables.commit(before.withTombstoneRetention(digest.tombstoneRetentionMillis()));
    }

    private void apply(Version tombstone) throws IOException {
        winners.retained(tombstone, before.tombstoneRetentionMillis());
        tables.writer().appoint(winners.collectableAt(tombstone), tombstone.key());
    }
}
