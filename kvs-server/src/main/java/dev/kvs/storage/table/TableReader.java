package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.VersionCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queries, prepared once on one connection. Used by one thread at a time; {@link Tables} keeps a pool of them. */
final class TableReader implements AutoCloseable {
    private final Connection connection;
    private final ActorTable actors;
    private final PreparedStatement winner;
    private final PreparedStatement history;
    private final PreparedStatement version;
    private final PreparedStatement forward;
    private final PreparedStatement backward;
    private final PreparedStatement due;
    private final SyncReader sync;

    TableReader(Connection connection, ActorTable actors) throws SQLException {
        this.connection = connection;
        this.actors = actors;
        winner = connection.prepareStatement(
                "SELECT v.hlc, v.record FROM current c JOIN versions v" + " ON v.place = c.winner WHERE c.doc_key = ?");
        history = connection.prepareStatement("SELECT history FROM current WHERE doc_key = ?");
        version = connection.prepareStatement("SELECT hlc, record FROM versions WHERE place = ?");
        String rows =
                "SELECT doc_key, winner, hlc, kind, expires_at FROM current WHERE doc_key >= ? AND doc_key < ? ORDER"
                        + " BY doc_key";
        forward = connection.prepareStatement(rows + " LIMIT ?");
        backward = connection.prepareStatement(rows + " DESC LIMIT ?");
        sync = new SyncReader(connection, actors);
        due = connection.prepareStatement(
                "SELECT at, doc_key FROM due WHERE at > ? AND at <= ? ORDER BY at, doc_key LIMIT ?");
    }

    /** The queries of replication. */
    SyncReader sync() {
        return sync;
    }

    @Nullable
    Version winner(Key key) throws SQLException, IOException {
        winner.setBytes(1, key.utf8());
        try (ResultSet row = winner.executeQuery()) {
            return row.next() ? decode(key, row.getLong(1), row.getBytes(2)) : null;
        }
    }

    /** The kept revisions in arrival order. */
    KeyHistory history(Key key) throws SQLException, IOException {
        History column;
        history.setBytes(1, key.utf8());
        try (ResultSet row = history.executeQuery()) {
            if (!row.next()) {
                return KeyHistory.UNKNOWN;
            }
            column = History.decode(row.getBytes(1));
        }
        List<Version> versions = new ArrayList<>(column.places().length);
        for (long place : column.places()) {
            Version found = version(key, place);
            if (found != null) {
                versions.add(found);
            }
        }
        return new KeyHistory(versions, column.pruned());
    }

    /** The version at a place, null when it was pruned in the meantime. */
    @Nullable
    Version version(Key key, long place) throws SQLException, IOException {
        version.setLong(1, place);
        try (ResultSet row = version.executeQuery()) {
            return row.next() ? decode(key, row.getLong(1), row.getBytes(2)) : null;
        }
    }

    /** Rows with {@code start <= key < end} in byte order, or from the end when {@code reverse}. */
    List<KeyRow> rows(byte[] start, byte[] end, int limit, boolean reverse) throws SQLException {
        PreparedStatement select = reverse ? backward : forward;
        select.setBytes(1, start);
        select.setBytes(2, end);
        select.setInt(3, limit);
        List<KeyRow> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Key key = Key.ofStored(rows.getBytes(1));
                found.add(new KeyRow(key, rows.getLong(2), rows.getLong(3), Kind.of(rows.getInt(4)), rows.getLong(5)));
            }
        }
        return found;
    }

    /** What is on the agenda after one moment and up to another. */
    List<DueEntry> due(long afterMillis, long untilMillis, int limit) throws SQLException {
        due.setLong(1, afterMillis);
        due.setLong(2, untilMillis);
        due.setInt(3, limit);
        List<DueEntry> found = new ArrayList<>();
        try (ResultSet rows = due.executeQuery()) {
            while (rows.next()) {
                found.add(new DueEntry(rows.getLong(1), Key.ofStored(rows.getBytes(2))));
            }
        }
        return found;
    }

    private Version decode(Key key, long hlc, byte[] column) throws IOException {
        return VersionCodec.decode(new Decoder(column), key, hlc, actors);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
