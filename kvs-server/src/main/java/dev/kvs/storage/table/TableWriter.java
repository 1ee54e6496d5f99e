package dev.kvs.storage.table;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.VersionCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the tables: checkpoints and housekeeping, never both at once. What it writes becomes durable together, by
 * {@link JournaledFile}.
 */
public final class TableWriter {
    private final Connection connection;
    private final VersionTree versions;
    private final CurrentTree current;
    private final DeadVersions dead;
    private final Agenda agenda;
    private final ActorTable actors;
    private final BodyCompression compression;
    private final int historyMax;
    private final long tombstoneRetentionMillis;
    private final StateTables state;
    private final Encoder encoder = new Encoder(4096);

    TableWriter(Connection connection, Trees trees, ActorTable actors, TableSettings settings) throws SQLException {
        this.connection = connection;
        this.versions = trees.versions();
        this.current = trees.current();
        this.dead = trees.dead();
        this.agenda = trees.agenda();
        this.actors = actors;
        this.compression = settings.compression();
        this.historyMax = settings.historyMax();
        this.tombstoneRetentionMillis = settings.tombstoneRetentionMillis();
        this.state = new StateTables(connection);
    }

    /** Adds a version. Call store by store and in the order of their sequences as far as that is known. */
    public void append(Version version) throws IOException {
        guarded(() -> {
            long place = actors.placeOf(version);
            byte[] row = encode(version);
            // Only a dead one can be there: the version has left its key's history and now comes again.
            boolean added = versions.add(place, version.hlc(), row)
                    || (dead.revive(place) && versions.add(place, version.hlc(), row));
            Check.that(added, "a version comes to the tables once", place);
        });
    }

    /**
     * Brings the keys' rows up to date and notes the versions that fall out of their histories as dead.
     *
     * <p>H2 writes a dirty page whenever its buffer is full, so the order of access decides how often a page is written: rows
     * in the order of their keys, places in their own, so that each page is touched in one go.
     *
     * @param changes in byte order of their keys
     */
    public void change(List<KeyChange> changes) throws IOException {
        guarded(() -> {
            List<Key> fresh = new ArrayList<>();
            LongStream.Builder gone = LongStream.builder();
            for (KeyChange change : changes) {
                if (update(change, gone)) {
                    fresh.add(change.winner().key());
                }
            }
            current.index(fresh);
            dead.add(gone.build().sorted().toArray());
        });
    }

    /** Writes the row of a key; returns whether the key is new. */
    private boolean update(KeyChange change, LongConsumer gone) throws IOException {
        Version winner = change.winner();
        byte[] key = winner.key().utf8();
        byte[] before = current.get(key);
        long[] added = change.added().stream().mapToLong(actors::placeOf).toArray();
        long place = actors.placeOf(winner);
        History older =
                before == null ? History.EMPTY : CurrentRow.decode(before).history();
        if (before == null && LongStream.of(added).noneMatch(other -> other == place)) {
            // Housekeeping has removed the key since its winner was looked up for these to be compared with.
            append(winner);
            older = new History(new long[] {place}, false);
        }
        Set<Long> pinned = pinnedBy(change.conflict());
        History.Cut cut =
                older.with(added, change.pruned()).cut(historyMax, other -> other == place || pinned.contains(other));
        long expiresAt = winner.body() == null ? KeyRow.DROPPED : winner.expiresAt();
        current.put(key, new CurrentRow(winner.kind(), place, winner.hlc(), expiresAt, cut.kept()));
        for (long other : cut.dead()) {
            gone.accept(other);
        }
        long collectable = winner.collectableAt(tombstoneRetentionMillis);
        if (collectable != Version.NEVER) {
            agenda.add(collectable, winner.key());
        }
        return before == null;
    }

    /** What a conflict refers to stays readable for as long as the conflict is known. */
    private Set<Long> pinnedBy(@Nullable Conflict conflict) {
        if (conflict == null) {
            return Set.of();
        }
        Set<Long> places = new HashSet<>();
        for (Conflict.Rival rival : conflict.rivals()) {
            places.add(actors.placeOf(rival.origin().store(), rival.sequence()));
        }
        return places;
    }

    /** Removes everything that is dead, for a compaction. */
    void sweep() throws IOException {
        guarded(dead::sweepAll);
    }

    /** Removes everything of a key. */
    public void forget(Key key) throws IOException {
        guarded(() -> {
            byte[] row = current.get(key.utf8());
            if (row != null) {
                current.remove(key);
                long[] places = CurrentRow.decode(row).history().places().clone();
                Arrays.sort(places);
                dead.add(places);
            }
        });
    }

    Set<StoreId> stores() {
        return actors.stores();
    }

    /** The small tables, written in the same transactions. */
    public StateTables state() {
        return state;
    }

    /** Drops the document of a winner that has expired; no clock brings it back. */
    public void dropDocument(Version winner) throws IOException {
        guarded(() -> {
            versions.replace(actors.placeOf(winner), encode(winner.withoutBody()));
            byte[] key = winner.key().utf8();
            byte[] row = Check.present(current.get(key), "a winner's key has a row");
            current.put(key, CurrentRow.decode(row).hidden());
        });
    }

    /** Puts a key on the agenda. */
    public void appoint(long atMillis, Key key) throws IOException {
        guarded(() -> agenda.add(atMillis, key));
    }

    /** Takes an entry off the agenda. */
    public void settle(DueEntry entry) throws IOException {
        guarded(() -> agenda.remove(entry));
    }

    /** One piece of work. */
    interface Step {
        void run() throws SQLException, IOException;
    }

    /** Runs a step; what H2 throws becomes an {@link IOException}. */
    static void guarded(Step step) throws IOException {
        try {
            step.run();
        } catch (SQLException | MVStoreException e) {
            throw new IOException("H2 cannot write: " + e.getMessage(), e);
        }
    }

    /** Ends the open transaction, with {@code meta} in it. */
    void finish(Meta meta) throws SQLException {
        Schema.writeMeta(connection, meta);
        actors.save(connection);
        connection.commit();
    }

    private byte[] encode(Version version) throws IOException {
        encoder.clear(1 << 16);
        VersionTree.encodeHead(encoder, version);
        VersionCodec.encode(encoder, version, actors, compression);
        return encoder.toByteArray();
    }

    /** Closes the database as it is, without writing. */
    void shutdown() throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            throw new IOException("H2 cannot shut down: " + e.getMessage(), e);
        }
    }
}
