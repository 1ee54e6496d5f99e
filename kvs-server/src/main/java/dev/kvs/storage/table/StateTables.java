package dev.kvs.storage.table;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.ConflictCodec;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.format.VersionCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The small tables beside the versions: knowledge, conflicts, versions held back, and the pages of the digest. Read whole when
 * the store opens, written by checkpoints.
 */
public final class StateTables {
    private final Connection connection;
    private final PreparedStatement mergeKnowledge;
    private final PreparedStatement insertMet;
    private final PreparedStatement mergeConflict;
    private final PreparedStatement deleteConflict;
    private final PreparedStatement mergeHeld;
    private final PreparedStatement deleteHeld;
    private final PreparedStatement mergePage;

    /** A page of the digest over the winners. */
    public record DigestPage(int number, byte[] bytes) {}

    /** What the tables hold besides versions. */
    public record State(
            VersionVector heard,
            List<StoreId> met,
            List<Conflict> conflicts,
            List<Version> heldBack,
            List<DigestPage> digest) {}

    StateTables(Connection connection) throws SQLException {
        this.connection = connection;
        mergeKnowledge =
                connection.prepareStatement("MERGE INTO knowledge (store, sequence) KEY (store) VALUES (?, ?)");
        insertMet = connection.prepareStatement("INSERT INTO knowledge (store, sequence) SELECT ?, 0"
                + " WHERE NOT EXISTS (SELECT 1 FROM knowledge WHERE store = ?)");
        mergeConflict =
                connection.prepareStatement("MERGE INTO conflicts (doc_key, record) KEY (doc_key) VALUES (?, ?)");
        deleteConflict = connection.prepareStatement("DELETE FROM conflicts WHERE doc_key = ?");
        mergeHeld = connection.prepareStatement(
                "MERGE INTO held (store, sequence, hlc, doc_key, record) KEY (store, sequence) VALUES (?, ?, ?, ?, ?)");
        deleteHeld = connection.prepareStatement("DELETE FROM held WHERE store = ? AND sequence = ?");
        mergePage = connection.prepareStatement("MERGE INTO digest (page, bytes) KEY (page) VALUES (?, ?)");
    }

    State read() throws SQLException, IOException {
        return new State(readHeard(), readMet(), readConflicts(), readHeld(), readDigest());
    }

    private VersionVector readHeard() throws SQLException {
        List<Dot> dots = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT store, sequence FROM knowledge WHERE sequence > 0");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                dots.add(new Dot(new StoreId(rows.getObject(1, UUID.class)), rows.getLong(2)));
            }
        }
        return VersionVector.of(dots);
    }

    private List<StoreId> readMet() throws SQLException {
        List<StoreId> met = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT store FROM knowledge");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                met.add(new StoreId(rows.getObject(1, UUID.class)));
            }
        }
        return met;
    }

    private List<Conflict> readConflicts() throws SQLException, IOException {
        List<Conflict> conflicts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT doc_key, record FROM conflicts");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Key key = Key.ofStored(rows.getBytes(1));
                conflicts.add(ConflictCodec.decode(new Decoder(rows.getBytes(2)), key));
            }
        }
        return conflicts;
    }

    private List<Version> readHeld() throws SQLException, IOException {
        List<Version> held = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT hlc, doc_key, record FROM held");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Key key = Key.ofStored(rows.getBytes(2));
                Decoder in = new Decoder(rows.getBytes(3));
                held.add(VersionCodec.decode(in, key, rows.getLong(1), new InlineActors()));
            }
        }
        return held;
    }

    private List<DigestPage> readDigest() throws SQLException {
        List<DigestPage> pages = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT page, bytes FROM digest");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                pages.add(new DigestPage(rows.getInt(1), rows.getBytes(2)));
            }
        }
        return pages;
    }

    /** What is complete here of other stores. */
    public void heard(VersionVector heard) throws IOException {
        TableWriter.guarded(() -> {
            for (Dot dot : heard.dots()) {
                setDot(mergeKnowledge, dot);
                mergeKnowledge.executeUpdate();
            }
        });
    }

    /** A store exists, of which nothing need be known yet. */
    public void met(StoreId store) throws IOException {
        TableWriter.guarded(() -> {
            insertMet.setObject(1, store.value());
            insertMet.setObject(2, store.value());
            insertMet.executeUpdate();
        });
    }

    /** A key's conflict as it stands. */
    public void conflict(Conflict conflict) throws IOException {
        TableWriter.guarded(() -> {
            Encoder out = new Encoder(512);
            ConflictCodec.encode(out, conflict);
            mergeConflict.setBytes(1, conflict.key().utf8());
            mergeConflict.setBytes(2, out.toByteArray());
            mergeConflict.executeUpdate();
        });
    }

    /** A conflict that made room for others. */
    public void forgetConflict(Key key) throws IOException {
        TableWriter.guarded(() -> {
            deleteConflict.setBytes(1, key.utf8());
            deleteConflict.executeUpdate();
        });
    }

    /** A version that is held back. */
    public void hold(Version version) throws IOException {
        TableWriter.guarded(() -> {
            Encoder out = new Encoder(512);
            VersionCodec.encode(out, version, new InlineActors(), BodyCompression.OFF);
            setDot(mergeHeld, version.dot());
            mergeHeld.setLong(3, version.hlc());
            mergeHeld.setBytes(4, version.key().utf8());
            mergeHeld.setBytes(5, out.toByteArray());
            mergeHeld.executeUpdate();
        });
    }

    /** A version that is not held back any more. */
    public void release(Version version) throws IOException {
        TableWriter.guarded(() -> {
            setDot(deleteHeld, version.dot());
            deleteHeld.executeUpdate();
        });
    }

    /** The first two parameters. */
    private static void setDot(PreparedStatement statement, Dot dot) throws SQLException {
        statement.setObject(1, dot.store().value());
        statement.setLong(2, dot.sequence());
    }

    /** A page of the digest that changed. */
    public void digestPage(DigestPage page) throws IOException {
        TableWriter.guarded(() -> {
            mergePage.setInt(1, page.number());
            mergePage.setBytes(2, page.bytes());
            mergePage.executeUpdate();
        });
    }
}
