package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
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

/** The queries that replication asks, prepared once on a reader's connection. */
final class SyncReader {
    private final ActorTable actors;
    private final PreparedStatement stretch;
    private final PreparedStatement highest;
    private final PreparedStatement present;
    private final PreparedStatement leaf;
    private final PreparedStatement newest;
    private final PreparedStatement sameTime;

    SyncReader(Connection connection, ActorTable actors) throws SQLException {
        this.actors = actors;
        stretch = connection.prepareStatement(
                "SELECT doc_key, hlc, record FROM versions WHERE place > ? AND place <= ?" + " ORDER BY place LIMIT ?");
        highest = connection.prepareStatement("SELECT MAX(place) FROM versions WHERE place > ? AND place <= ?");
        present = connection.prepareStatement("SELECT 1 FROM versions WHERE place = ?");
        leaf = connection.prepareStatement("SELECT v.doc_key, v.hlc, v.record FROM current c JOIN versions v"
                + " ON v.place = c.winner WHERE c.leaf = ?");
        String winners = "SELECT v.doc_key, v.hlc, v.record FROM versions v JOIN current c"
                + " ON c.doc_key = v.doc_key AND c.winner = v.place WHERE v.hlc ";
        newest = connection.prepareStatement(winners + "< ? ORDER BY v.hlc DESC LIMIT ?");
        sameTime = connection.prepareStatement(winners + "= ?");
    }

    /** Versions of a store with {@code after < sequence <= through}, ascending. */
    List<Version> stretch(StoreId store, long after, long through, int limit) throws SQLException, IOException {
        long from = actors.placeOf(store, after);
        if (from == 0) {
            return List.of();
        }
        stretch.setLong(1, from);
        stretch.setLong(2, actors.placeOf(store, Math.min(through, ActorTable.MAX_SEQUENCE)));
        stretch.setInt(3, limit);
        return versions(stretch);
    }

    /** The highest sequence of a store that is here, 0 for none. */
    long highest(StoreId store) throws SQLException {
        long from = actors.placeOf(store, 0);
        if (from == 0) {
            return 0;
        }
        highest.setLong(1, from);
        highest.setLong(2, actors.placeOf(store, ActorTable.MAX_SEQUENCE));
        try (ResultSet row = highest.executeQuery()) {
            long place = row.next() ? row.getLong(1) : 0;
            return place == 0 ? 0 : place - from;
        }
    }

    boolean holds(StoreId store, long sequence) throws SQLException {
        long place = actors.placeOf(store, sequence);
        present.setLong(1, place);
        try (ResultSet row = present.executeQuery()) {
            return place != 0 && row.next();
        }
    }

    /** The winners of the keys whose hash begins with these 16 bits. */
    List<Version> leaf(int number) throws SQLException, IOException {
        leaf.setInt(1, number);
        return versions(leaf);
    }

    /** Current winners with timestamps below {@code hlc}, newest first: at most {@code limit}, and all of the last one's time. */
    List<Version> newest(long hlc, int limit) throws SQLException, IOException {
        newest.setLong(1, hlc);
        newest.setInt(2, limit);
        List<Version> found = versions(newest);
        if (found.size() == limit) {
            // A page must not end between two versions of one time, because the next begins below it.
            long last = found.getLast().hlc();
            found.removeIf(version -> version.hlc() == last);
            sameTime.setLong(1, last);
            found.addAll(versions(sameTime));
        }
        return found;
    }

    private List<Version> versions(PreparedStatement query) throws SQLException, IOException {
        List<Version> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(versionOf(rows));
            }
        }
        return found;
    }

    private Version versionOf(ResultSet row) throws SQLException, IOException {
        Key key = Key.ofStored(row.getBytes(1));
        return VersionCodec.decode(new Decoder(row.getBytes(3)), key, row.getLong(2), actors);
    }
}
