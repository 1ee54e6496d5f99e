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
import java.util.Comparator;
import java.util.List;

/**
 * The queries that replication asks, prepared once on a reader's connection. H2 holds the whole result of a query before it
 * gives the first row, so documents are asked for a few at a time, until a batch is full.
 */
final class SyncReader {
    /** Documents asked for at once: what is read beyond a batch's limit, at worst. */
    private static final int CHUNK = 8;

    /** Places asked for at once: two numbers each. */
    private static final int PLACES = 1_000;

    private final ActorTable actors;
    private final DeadFilter dead;
    private final PreparedStatement stretch;
    private final PreparedStatement highest;
    private final PreparedStatement present;
    private final PreparedStatement leaf;
    private final PreparedStatement newest;
    private final PreparedStatement sameTime;
    private final PreparedStatement winnerAt;
    private final PreparedStatement between;

    SyncReader(Connection connection, ActorTable actors) throws SQLException {
        this.actors = actors;
        dead = new DeadFilter(connection);
        stretch = connection.prepareStatement("SELECT doc_key, hlc, record, place FROM versions"
                + " WHERE place > ? AND place <= ? ORDER BY place LIMIT ?");
        highest = connection.prepareStatement("SELECT MAX(place) FROM versions WHERE place > ? AND place <= ?");
        present = connection.prepareStatement("SELECT 1 FROM versions WHERE place = ?");
        leaf = connection.prepareStatement("SELECT doc_key FROM current WHERE leaf = ?");
        newest = connection.prepareStatement("SELECT hlc, place FROM versions WHERE hlc < ? ORDER BY hlc DESC LIMIT ?");
        sameTime = connection.prepareStatement("SELECT hlc, place FROM versions WHERE hlc = ?");
        winnerAt = connection.prepareStatement("SELECT v.doc_key, v.hlc, v.record FROM versions v JOIN current c"
                + " ON c.doc_key = v.doc_key AND c.winner = v.place WHERE v.place = ?");
        between = connection.prepareStatement("SELECT v.doc_key, v.hlc, v.record FROM current c JOIN versions v"
                + " ON v.place = c.winner WHERE c.doc_key >= ? AND c.doc_key < ? ORDER BY c.doc_key LIMIT ?");
    }

    /** Versions of a store with {@code after < sequence <= through}, ascending. */
    Batch<Version> stretch(StoreId store, long after, long through, ReadLimit limit) throws SQLException, IOException {
        Batch.Builder<Version> found = new Batch.Builder<>(limit);
        long from = actors.placeOf(store, after);
        if (from == 0) {
            return found.build();
        }
        DeadFilter.Pass pass = dead.new Pass();
        stretch.setLong(2, actors.placeOf(store, Math.min(through, ActorTable.MAX_SEQUENCE)));
        stretch.setInt(3, CHUNK);
        int rows;
        do {
            stretch.setLong(1, from);
            rows = 0;
            try (ResultSet row = stretch.executeQuery()) {
                while (row.next()) {
                    rows++;
                    from = row.getLong(4);
                    if (!pass.isDead(from)) {
                        Version version = versionOf(row);
                        found.add(version, version);
                    }
                }
            }
        } while (rows == CHUNK && !found.isFull());
        return found.build();
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

    /** The keys whose hash begins with these 16 bits. */
    List<Key> leaf(int number) throws SQLException {
        leaf.setInt(1, number);
        List<Key> found = new ArrayList<>();
        try (ResultSet rows = leaf.executeQuery()) {
            while (rows.next()) {
                found.add(Key.ofStored(rows.getBytes(1)));
            }
        }
        return found;
    }

    /** The winners of the keys with {@code start <= key < end}, in byte order. */
    Batch<Version> between(byte[] start, byte[] end, ReadLimit limit) throws SQLException, IOException {
        Batch.Builder<Version> found = new Batch.Builder<>(limit);
        between.setBytes(2, end);
        between.setInt(3, CHUNK);
        byte[] from = start;
        int rows;
        do {
            between.setBytes(1, from);
            rows = 0;
            try (ResultSet row = between.executeQuery()) {
                while (row.next()) {
                    rows++;
                    Version version = versionOf(row);
                    found.add(version, version);
                    from = Key.following(version.key().utf8());
                }
            }
        } while (rows == CHUNK && !found.isFull());
        return found.build();
    }

    /** Current winners, newest first and among those of one time by place downwards, behind this time and place. */
    Batch<PlacedVersion> newest(long hlc, long place, ReadLimit limit) throws SQLException, IOException {
        Batch.Builder<PlacedVersion> found = new Batch.Builder<>(limit);
        List<Moment> moments = behind(new Moment(hlc, place));
        while (!moments.isEmpty() && !found.isFull()) {
            for (Moment moment : moments) {
                addWinner(moment.place, found);
                if (found.isFull()) {
                    break;
                }
            }
            moments = behind(moments.getLast());
        }
        return found.build();
    }

    private void addWinner(long place, Batch.Builder<PlacedVersion> found) throws SQLException, IOException {
        winnerAt.setLong(1, place);
        try (ResultSet row = winnerAt.executeQuery()) {
            if (row.next()) {
                Version version = versionOf(row);
                found.add(new PlacedVersion(place, version), version);
            }
        }
    }

    /** When a version was written, and where it stands. */
    private record Moment(long hlc, long place) {
        static final Comparator<Moment> NEWEST_FIRST = Comparator.comparingLong(Moment::hlc)
                .thenComparingLong(Moment::place)
                .reversed();
    }

    /** Some moments behind one, without a gap; none only when there are none. */
    private List<Moment> behind(Moment from) throws SQLException {
        List<Moment> found = ofTime(from.hlc);
        found.removeIf(moment -> moment.place >= from.place);
        newest.setLong(1, from.hlc);
        newest.setInt(2, PLACES);
        List<Moment> older = moments(newest);
        if (older.size() == PLACES) {
            // The query may have ended between two versions of one time, of which it gives any.
            long last = older.getLast().hlc;
            older.removeIf(moment -> moment.hlc == last);
            older.addAll(ofTime(last));
        }
        found.addAll(older);
        found.sort(Moment.NEWEST_FIRST);
        return found;
    }

    private List<Moment> ofTime(long hlc) throws SQLException {
        sameTime.setLong(1, hlc);
        return moments(sameTime);
    }

    private static List<Moment> moments(PreparedStatement query) throws SQLException {
        List<Moment> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(new Moment(rows.getLong(1), rows.getLong(2)));
            }
        }
        return found;
    }

    private Version versionOf(ResultSet row) throws SQLException, IOException {
        Key key = Key.ofStored(row.getBytes(1));
        return VersionCodec.decode(new Decoder(row.getBytes(3)), key, row.getLong(2), actors);
    }
}
