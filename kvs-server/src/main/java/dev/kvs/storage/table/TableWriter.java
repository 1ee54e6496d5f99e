package dev.kvs.storage.table;

import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.VersionCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.mvstore.MVStoreException;

/**
 * The one writer of the tables: checkpoints and housekeeping, never both at once. Transactions are small, so that nothing
 * builds up in H2; that they become durable together is the work of {@link JournaledFile}.
 */
public final class TableWriter {
    private static final int OPERATIONS_PER_TRANSACTION = 2_000;

    private final Connection connection;
    private final ActorTable actors;
    private final BodyCompression compression;
    private final int historyMax;
    private final long tombstoneRetentionMillis;
    private final Encoder encoder = new Encoder(4096);
    private final PreparedStatement insertVersion;
    private final PreparedStatement deleteVersion;
    private final PreparedStatement selectCurrent;
    private final PreparedStatement insertCurrent;
    private final PreparedStatement updateCurrent;
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
        insertVersion =
                connection.prepareStatement("INSERT INTO versions (seq, hlc, doc_key, record) VALUES (?, ?, ?, ?)");
        deleteVersion = connection.prepareStatement("DELETE FROM versions WHERE seq = ?");
        selectCurrent = connection.prepareStatement("SELECT _ROWID_, history FROM current WHERE doc_key = ?");
        insertCurrent =
                connection.prepareStatement("INSERT INTO current (winner, hlc, kind, expires_at, digest, history,"
                        + " doc_key) VALUES (?, ?, ?, ?, ?, ?, ?)");
        updateCurrent = connection.prepareStatement("UPDATE current SET winner = ?, hlc = ?, kind = ?, expires_at = ?,"
                + " digest = ?, history = ? WHERE _ROWID_ = ?");
        deleteCurrent = connection.prepareStatement("DELETE FROM current WHERE _ROWID_ = ?");
        mergeDue = connection.prepareStatement("MERGE INTO due (at, doc_key) KEY (at, doc_key) VALUES (?, ?)");
        deleteDue = connection.prepareStatement("DELETE FROM due WHERE at = ? AND doc_key = ?");
    }

    /** Adds a version at the end of {@code versions}. Call in order of {@code seq}. */
    public void append(StoredVersion stored) throws IOException {
        write(() -> insert(stored));
    }

    /** Brings the key's row up to date and removes the versions that fall out of its history. Call in order of keys. */
    public void change(KeyChange change) throws IOException {
        write(() -> update(change));
    }

    /** Removes everything of a key. */
    public void forget(Key key) throws IOException {
        write(() -> remove(key));
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
    private interface Step {
        void run() throws SQLException, IOException;
    }

    private void write(Step step) throws IOException {
        try {
            step.run();
            if (++operations >= OPERATIONS_PER_TRANSACTION) {
                actors.save(connection);
                connection.commit();
                operations = 0;
            }
        } catch (SQLException | MVStoreException e) {
            throw new IOException("H2 cannot write: " + e.getMessage(), e);
        }
    }

    private void insert(StoredVersion stored) throws SQLException, IOException {
        Version version = stored.version();
        insertVersion.setLong(1, stored.seq());
        insertVersion.setLong(2, version.hlc());
        insertVersion.setBytes(3, version.key().utf8());
        insertVersion.setBytes(4, encode(version));
        insertVersion.executeUpdate();
    }

    private void update(KeyChange change) throws SQLException, IOException {
        Version winner = change.winner().version();
        long winnerSeq = change.winner().seq();
        Key key = winner.key();
        selectCurrent.setBytes(1, key.utf8());
        try (ResultSet row = selectCurrent.executeQuery()) {
            boolean known = row.next();
            History older = known ? History.decode(row.getBytes(2)) : History.EMPTY;
            History.Cut cut = older.with(change.seqs(), change.pruned()).cut(winnerSeq, historyMax);
            PreparedStatement write = known ? updateCurrent : insertCurrent;
            setRow(write, winner, winnerSeq, cut.kept());
            if (known) {
                write.setLong(7, row.getLong(1));
            } else {
                write.setBytes(7, key.utf8());
            }
            write.executeUpdate();
            deleteVersions(cut.dead());
        }
        if (winner.expiresAt() != Version.NEVER) {
            merge(winner.expiresAt(), key);
        }
        if (winner.kind() == Kind.TOMBSTONE) {
            merge(Hlc.millis(winner.hlc()) + tombstoneRetentionMillis, key);
        }
    }

    private void remove(Key key) throws SQLException, IOException {
        selectCurrent.setBytes(1, key.utf8());
        try (ResultSet row = selectCurrent.executeQuery()) {
            if (row.next()) {
                deleteVersions(History.decode(row.getBytes(2)).seqs());
                deleteCurrent.setLong(1, row.getLong(1));
                deleteCurrent.executeUpdate();
            }
        }
    }

    private void merge(long atMillis, Key key) throws SQLException {
        mergeDue.setLong(1, atMillis);
        mergeDue.setBytes(2, key.utf8());
        mergeDue.executeUpdate();
    }

    /** Ends the open transaction, with {@code meta} in it. */
    void finish(Meta meta) throws SQLException {
        actors.save(connection);
        Schema.writeMeta(connection, meta);
        connection.commit();
        operations = 0;
    }

    private static void setRow(PreparedStatement write, Version winner, long winnerSeq, History kept)
            throws SQLException {
        write.setLong(1, winnerSeq);
        write.setLong(2, winner.hlc());
        write.setInt(3, winner.kind().number());
        write.setLong(4, winner.expiresAt());
        write.setLong(5, ByteBuffer.wrap(winner.digest()).getLong());
        write.setBytes(6, kept.encode());
    }

    private void deleteVersions(long[] seqs) throws SQLException {
        for (long seq : seqs) {
            deleteVersion.setLong(1, seq);
            deleteVersion.executeUpdate();
        }
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
