package dev.kvs.storage.table;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.VersionCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the tables: checkpoints and housekeeping, never both at once. Transactions are small, so that nothing
 * builds up in H2; that they become durable together is the work of {@link JournaledFile}.
 */
public final class TableWriter {
    private static final int OPERATIONS_PER_TRANSACTION = 2_000;
    private static final long NEW_ROW = -1;

    /** A leaf is the first 16 of the 64 bits of a key's hash. */
    private static final int LEAF_SHIFT = 48;

    private final Connection connection;
    private final ActorTable actors;
    private final BodyCompression compression;
    private final int historyMax;
    private final long tombstoneRetentionMillis;
    private final StateTables state;
    private final DeadVersions dead;
    private final Encoder encoder = new Encoder(4096);
    private final PreparedStatement insertVersion;
    private final PreparedStatement updateVersion;
    private final PreparedStatement selectCurrent;
    private final PreparedStatement insertCurrent;
    private final PreparedStatement updateCurrent;
    private final PreparedStatement hideCurrent;
    private final PreparedStatement deleteCurrent;
    private final PreparedStatement mergeDue;
    private final PreparedStatement deleteDue;
    private int operations;

    TableWriter(Connection connection, ActorTable actors, TableSettings settings) throws SQLException {
        this.connection = connection;
        this.actors = actors;
        this.compression = settings.compression();
        this.historyMax = settings.historyMax();
        this.tombstoneRetentionMillis = settings.tombstoneRetentionMillis();
        this.state = new StateTables(connection);
        this.dead = new DeadVersions(connection);
        insertVersion =
                connection.prepareStatement("INSERT INTO versions (place, hlc, doc_key, record) VALUES (?, ?, ?, ?)");
        updateVersion = connection.prepareStatement("UPDATE versions SET record = ? WHERE place = ?");
        selectCurrent = connection.prepareStatement("SELECT _ROWID_, history FROM current WHERE doc_key = ?");
        insertCurrent =
                connection.prepareStatement("INSERT INTO current (winner, hlc, kind, expires_at, digest, history,"
                        + " doc_key, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        updateCurrent = connection.prepareStatement("UPDATE current SET winner = ?, hlc = ?, kind = ?, expires_at = ?,"
                + " digest = ?, history = ? WHERE _ROWID_ = ?");
        hideCurrent = connection.prepareStatement("UPDATE current SET expires_at = ? WHERE doc_key = ?");
        deleteCurrent = connection.prepareStatement("DELETE FROM current WHERE _ROWID_ = ?");
        mergeDue = connection.prepareStatement("MERGE INTO due (at, doc_key) KEY (at, doc_key) VALUES (?, ?)");
        deleteDue = connection.prepareStatement("DELETE FROM due WHERE at = ? AND doc_key = ?");
    }

    /** Adds a version. Call store by store and in the order of their sequences as far as that is known. */
    public void append(Version version) throws IOException {
        write(() -> insert(version));
    }

    /**
     * Brings the keys' rows up to date and notes the versions that fall out of their histories as dead.
     *
     * <p>H2 writes a dirty page whenever its buffer is full, so the order of access decides how often a page is written.
     * Rows are therefore looked up in the order of the key index, updated in the order of the rows, and dead versions are
     * noted, and swept, by region; each page is then touched in one go.
     *
     * @param changes in byte order of their keys
     */
    public void change(List<KeyChange> changes) throws IOException {
        List<Plan> known = new ArrayList<>(changes.size());
        List<Plan> fresh = new ArrayList<>();
        for (KeyChange change : changes) {
            Plan plan = plan(change);
            (plan.rowId == NEW_ROW ? fresh : known).add(plan);
        }
        known.sort(Comparator.comparingLong(Plan::rowId));
        for (Plan plan : known) {
            write(() -> put(plan, updateCurrent));
        }
        for (Plan plan : fresh) {
            write(() -> put(plan, insertCurrent));
        }
        long[] gone = Stream.concat(known.stream(), fresh.stream())
                .flatMapToLong(plan -> Arrays.stream(plan.dead))
                .sorted()
                .toArray();
        bury(gone);
    }

    /** Notes places, ascending, as dead. */
    private void bury(long[] places) throws IOException {
        for (int from = 0; from < places.length; ) {
            int to = from + 1;
            while (to < places.length && DeadVersions.regionOf(places[to]) == DeadVersions.regionOf(places[from])) {
                to++;
            }
            int first = from;
            int end = to;
            write(() -> operations += dead.add(places, first, end));
            from = to;
        }
    }

    /** Removes everything that is dead, for a compaction. */
    void sweep() throws IOException {
        long[] region = {Long.MIN_VALUE};
        while (region[0] != Long.MAX_VALUE) {
            write(() -> {
                region[0] = dead.next(region[0]);
                if (region[0] != Long.MAX_VALUE) {
                    operations += dead.sweep(region[0]);
                }
            });
        }
        // What an open transaction has removed is still there.
        guarded(this::commitTransaction);
    }

    /** What becomes of a key's row: where it is, what stays in its history, and which versions go. */
    private record Plan(long rowId, Version winner, long place, History kept, long[] dead) {}

    /** Removes everything of a key. */
    public void forget(Key key) throws IOException {
        long[][] history = {{}};
        write(() -> history[0] = remove(key));
        bury(history[0]);
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
        write(() -> {
            updateVersion.setBytes(1, encode(winner.withoutBody()));
            updateVersion.setLong(2, actors.placeOf(winner));
            updateVersion.executeUpdate();
            hideCurrent.setLong(1, KeyRow.DROPPED);
            hideCurrent.setBytes(2, winner.key().utf8());
            hideCurrent.executeUpdate();
        });
    }

    /** Puts a key on the agenda. */
    public void appoint(long atMillis, Key key) throws IOException {
        write(() -> merge(atMillis, key));
    }

    /** Takes an entry off the agenda. */
    public void settle(DueEntry entry) throws IOException {
        write(() -> {
            deleteDue.setLong(1, entry.atMillis());
            deleteDue.setBytes(2, entry.key().utf8());
            deleteDue.executeUpdate();
        });
    }

    /** One piece of work, counted towards the open transaction. */
    interface Step {
        void run() throws SQLException, IOException;
    }

    private void write(Step step) throws IOException {
        guarded(() -> {
            step.run();
            if (++operations >= OPERATIONS_PER_TRANSACTION) {
                commitTransaction();
            }
        });
    }

    private void commitTransaction() throws SQLException {
        actors.save(connection);
        connection.commit();
        operations = 0;
    }

    /** Runs a step; what H2 throws becomes an {@link IOException}. */
    static void guarded(Step step) throws IOException {
        try {
            step.run();
        } catch (SQLException | MVStoreException e) {
            throw new IOException("H2 cannot write: " + e.getMessage(), e);
        }
    }

    private void insert(Version version) throws SQLException, IOException {
        insertVersion.setLong(1, actors.placeOf(version));
        insertVersion.setLong(2, version.hlc());
        insertVersion.setBytes(3, version.key().utf8());
        insertVersion.setBytes(4, encode(version));
        try {
            insertVersion.executeUpdate();
        } catch (SQLIntegrityConstraintViolationException alreadyThere) {
            // Only a dead one can be there: the version has left its key's history and now comes again.
            if (!dead.revive(actors.placeOf(version))) {
                throw alreadyThere;
            }
            insertVersion.executeUpdate();
        }
    }

    private Plan plan(KeyChange change) throws IOException {
        try {
            selectCurrent.setBytes(1, change.winner().key().utf8());
            try (ResultSet row = selectCurrent.executeQuery()) {
                boolean known = row.next();
                History older = known ? History.decode(row.getBytes(2)) : History.EMPTY;
                long[] added =
                        change.added().stream().mapToLong(actors::placeOf).toArray();
                long winner = actors.placeOf(change.winner());
                Set<Long> pinned = pinnedBy(change.conflict());
                History.Cut cut = older.with(added, change.pruned())
                        .cut(historyMax, place -> place == winner || pinned.contains(place));
                return new Plan(known ? row.getLong(1) : NEW_ROW, change.winner(), winner, cut.kept(), cut.dead());
            }
        } catch (SQLException | MVStoreException e) {
            throw new IOException("H2 cannot read: " + e.getMessage(), e);
        }
    }

    /** What a conflict refers to stays readable for as long as the conflict is known. */
    private Set<Long> pinnedBy(@Nullable Conflict conflict) {
        Set<Long> places = new HashSet<>();
        if (conflict != null) {
            for (Conflict.Rival rival : conflict.rivals()) {
                places.add(actors.placeOf(rival.origin().store(), rival.sequence()));
            }
        }
        return places;
    }

    private void put(Plan plan, PreparedStatement write) throws SQLException {
        Version winner = plan.winner;
        Key key = winner.key();
        write.setLong(1, plan.place);
        write.setLong(2, winner.hlc());
        write.setInt(3, winner.kind().number());
        write.setLong(4, winner.body() == null ? KeyRow.DROPPED : winner.expiresAt());
        write.setLong(5, winner.digestPrefix());
        write.setBytes(6, plan.kept.encode());
        if (plan.rowId == NEW_ROW) {
            write.setBytes(7, key.utf8());
            write.setInt(8, (int) (key.hash() >>> LEAF_SHIFT));
        } else {
            write.setLong(7, plan.rowId);
        }
        write.executeUpdate();
        long collectable = winner.collectableAt(tombstoneRetentionMillis);
        if (collectable != Version.NEVER) {
            merge(collectable, key);
        }
    }

    /** Takes a key's row away; returns where its versions are, ascending. */
    private long[] remove(Key key) throws SQLException, IOException {
        selectCurrent.setBytes(1, key.utf8());
        try (ResultSet row = selectCurrent.executeQuery()) {
            if (!row.next()) {
                return new long[0];
            }
            deleteCurrent.setLong(1, row.getLong(1));
            deleteCurrent.executeUpdate();
            long[] places = History.decode(row.getBytes(2)).places();
            Arrays.sort(places);
            return places;
        }
    }

    private void merge(long atMillis, Key key) throws SQLException {
        mergeDue.setLong(1, atMillis);
        mergeDue.setBytes(2, key.utf8());
        mergeDue.executeUpdate();
    }

    /** Ends the open transaction, with {@code meta} in it. */
    void finish(Meta meta) throws SQLException {
        Schema.writeMeta(connection, meta);
        commitTransaction();
    }

    private byte[] encode(Version version) throws IOException {
        encoder.clear(1 << 16);
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
