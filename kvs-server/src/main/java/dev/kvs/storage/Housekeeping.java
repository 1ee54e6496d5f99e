package dev.kvs.storage;

import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.storage.table.DueEntry;
import dev.kvs.storage.table.TableWriter;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Works through the agenda: drops documents that have expired and collects what nobody needs any more.
 *
 * <p>A key whose winner has expired, and a tombstone older than its retention, is removed with its history once it has left
 * the digest and every store knows of it; on a lone node that is at the next epoch. Keys with news in the memtable are left
 * for later: only the tables' own thread decides, and only about what it can see whole.
 */
final class Housekeeping {
    /** Entries worked on between two commits: a fraction of a second's work. */
    static final int BATCH = 2_000;

    /** Keys that leave the digest in one go: a few megabytes. */
    private static final int EPOCH_STEP = 20_000;

    /** How long something that some store does not know yet is left alone. */
    private static final long LOOK_AGAIN_MILLIS = 10 * 60 * 1000L;

    private final Tables tables;
    private final Memtable memtable;
    private final Winners winners;
    private final long epochMillis;

    Housekeeping(Tables tables, Memtable memtable, Winners winners, long epochMillis) {
        this.tables = tables;
        this.memtable = memtable;
        this.winners = winners;
        this.epochMillis = epochMillis;
    }

    /**
     * What was done.
     *
     * @param forgotten keys that are gone; the caller clears them from its cache after the commit
     * @param changed keys whose document is gone; likewise
     * @param expired how many keys had expired, of those gone
     * @param more whether the agenda has more that is due
     */
    record Done(List<Key> forgotten, List<Key> changed, int expired, boolean more) {
        boolean isNothing() {
            return forgotten.isEmpty() && changed.isEmpty();
        }
    }

    /** Works on up to {@link #BATCH} entries that are due; the caller commits. */
    Done run(long nowMillis, Predicate<Version> knownEverywhere) throws IOException {
        List<DueEntry> due = tables.due(Long.MIN_VALUE, nowMillis, BATCH);
        List<Key> forgotten = new ArrayList<>();
        List<Key> changed = new ArrayList<>();
        int expired = 0;
        TableWriter writer = tables.writer();
        for (DueEntry entry : due) {
            writer.settle(entry);
            Version version = tables.winner(entry.key());
            if (version == null || memtable.generations().newest(entry.key()) != null) {
                // News in the memtable brings its own appointment when it reaches the tables.
                continue;
            }
            long collectable = winners.collectableAt(version);
            if (collectable > nowMillis) {
                // The retention was raised since this appointment was made.
                appoint(collectable, entry.key());
            } else if (collectable <= tables.meta().epoch() && knownEverywhere.test(version)) {
                writer.forget(entry.key());
                writer.state().forgetConflict(entry.key());
                forgotten.add(entry.key());
                expired += version.kind() == Kind.TOMBSTONE ? 0 : 1;
            } else {
                if (version.kind() != Kind.TOMBSTONE && version.body() != null) {
                    writer.dropDocument(version);
                    changed.add(entry.key());
                }
                appoint(
                        Math.max(epochAfter(collectable), nowMillis + (isLeft(collectable) ? LOOK_AGAIN_MILLIS : 0)),
                        entry.key());
            }
        }
        return new Done(forgotten, changed, expired, due.size() == BATCH);
    }

    private boolean isLeft(long collectable) {
        return collectable <= tables.meta().epoch();
    }

    private long epochAfter(long millis) {
        return Math.ceilDiv(millis, epochMillis) * epochMillis;
    }

    private void appoint(long atMillis, Key key) throws IOException {
        if (atMillis != Version.NEVER) {
            tables.writer().appoint(atMillis, key);
        }
    }

    /** The winners in the tables that become collectable after one moment and by another, which is lowered when they are many. */
    Collectable collectableBetween(long after, long until) throws IOException {
        List<DueEntry> due = tables.due(after, until, EPOCH_STEP);
        long reached = until;
        if (due.size() == EPOCH_STEP
                && due.getFirst().atMillis() < due.getLast().atMillis()) {
            reached = due.getLast().atMillis() - 1;
        } else if (due.size() == EPOCH_STEP) {
            // All of one millisecond: they can only be taken together.
            due = tables.due(after, due.getLast().atMillis(), Integer.MAX_VALUE);
            reached = due.getLast().atMillis();
        }
        Map<Key, Version> concerned = new HashMap<>();
        for (DueEntry entry : due) {
            Version winner = tables.winner(entry.key());
            if (winner != null) {
                concerned.put(entry.key(), winner);
            }
        }
        return new Collectable(concerned, reached);
    }

    /** Winners that are concerned, and the moment up to which these are all. */
    record Collectable(Map<Key, Version> winners, long until) {}
}
