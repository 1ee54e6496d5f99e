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
    private final DeadFilter dead;
    private final PreparedStatement stretch;
    private final PreparedStatement highest;
    private final PreparedStatement present;
    private final PreparedStatement leaf;
    private final PreparedStatement newest;
    private final PreparedStatement sameTime;
    private final PreparedStatement between;

    SyncReader(Connection connection, ActorTable actors) throws SQLException {
        this.actors = actors;
        dead = new DeadFilter(connection);
        stretch = connection.prepareStatement("SELECT doc_key, hlc, record, place FROM versions"
                + " WHERE place > ? AND place <= ? ORDER BY place LIMIT ?");
        highest = connection.prepareStatement("SELECT MAX(place) FROM versions WHERE place > ? AND place <= ?");
        present = connection.prepareStatement("SELECT 1 FROM versions WHERE place = ?");
        leaf = connection.prepareStatement("SELECT v.doc_key, v.hlc, v.record FROM current c JOIN versions v"
                + " ON v.place = c.winner WHERE c.leaf = ?");
        String winners = "SELECT v.doc_key, v.hlc, v.record, v.place FROM versions v JOIN current c"
                + " ON c.doc_key = v.doc_key AND c.winner = v.place WHERE v.hlc ";
        newest = connection.prepareStatement(winners + "< ? ORDER BY v.hlc DESC LIMIT ?");
        sameTime = connection.prepareStatement(winners + "= ?");
        between = connection.prepareStatement("SELECT v.doc_key, v.hlc, v.record FROM current c JOIN versions v"
                + " ON v.place = c.winner WHERE c.doc_key >= ? AND c.doc_key < ? ORDER BY c.doc_key LIMIT ?");
    }

    /** Versions of a store with {@code after < sequence <= through}, ascending. */
    List<Version> stretch(StoreId store, long after, long through, int limit) throws SQLException, IOException {
        long from = actors.placeOf(store, after);
        if (from == 0) {
            return List.of();
        }
        long end = actors.placeOf(store, Math.min(through, ActorTable.MAX_SEQUENCE));
        DeadFilter.Pass pass = dead.new Pass();
        List<Version> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            int room = limit - found.size();
            stretch.setLong(1, from);
            stretch.setLong(2, end);
            stretch.setInt(3, room);
            int rows = 0;
            try (ResultSet row = stretch.executeQuery()) {
                while (row.next()) {
                    rows++;
                    from = row.getLong(4);
                    if (!pass.isDead(from)) {
                        found.add(versionOf(row));
                    }
                }
            }
            // Whoever gets fewer than he asked for takes them for all there are, so dead ones must not count.
            more = rows == room && found.size() < limit;
        }
        return found;
    }

    /** The highest sequence of a store that is here, or was not long ago; 0 for none. */
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
            return place != 0 && row.next() && !dead.new Pass().isDead(place);
        }
    }

    /** The winners of the keys whose hash begins with these 16 bits. */
    List<Version> leaf(int number) throws SQLException, IOException {
        leaf.setInt(1, number);
        return versions(leaf);
    }

    /** The winners of the keys with {@code start <= key < end}, in byte order. */
    List<Version> between(byte[] start, byte[] end, int limit) throws SQLException, IOException {
        between.setBytes(1, start);
        between.setBytes(2, end);
        between.setInt(3, limit);
        return versions(between);
    }

    /** Current winners, newest first and among those of one time by place downwards, behind this time and place. */
    List<PlacedVersion> newest(long hlc, long place, int limit) throws SQLException, IOException {
        List<PlacedVersion> found = ofTime(hlc);
        found.removeIf(placed -> placed.place() >= place);
        newest.setLong(1, hlc);
        newest.setInt(2, limit);
        List<PlacedVersion> older = placed(newest);
        if (older.size() == limit) {
            // The query may have ended between two versions of one time, of which it gives any.
            long last = older.getLast().version().hlc();
            older.removeIf(placed -> placed.version().hlc() == last);
            older.addAll(ofTime(last));
        }
        found.addAll(older);
        found.sort(PlacedVersion.NEWEST_FIRST);
        return found.subList(0, Math.min(limit, found.size()));
    }

    private List<PlacedVersion> ofTime(long hlc) throws SQLException, IOException {
        sameTime.setLong(1, hlc);
        return placed(sameTime);
    }

    private List<PlacedVersion> placed(PreparedStatement query) throws SQLException, IOException {
        List<PlacedVersion> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(new PlacedVersion(rows.getLong(4), versionOf(rows)));
            }
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
