package dev.kvs.storage.table;

import dev.kvs.model.StoreId;
import dev.kvs.storage.format.DamagedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * The tables.
 *
 * <p>{@code versions} holds every version once, at the place that its origin and its sequence there give, so new rows go to
 * one end an origin and a push stream reads what follows a sequence in one stretch; its index on {@code hlc} is the timestamp
 * index, nearly sequential too. {@code current} is narrow: one row a key, with the winner and
 * the list of kept revisions; listings and ranges run here. {@code leaf} is the
 * place of the key in the Merkle tree: set once, so its index costs nothing when a key is written again. {@code dead} notes
 * what waits for its removal from {@code versions} ({@link DeadVersions}). {@code due} is the agenda of expiry and tombstone collection; the rest is {@link StateTables}.
 */
final class Schema {
    private static final int FORMAT = 1;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta (id INT PRIMARY KEY, format INT NOT NULL, store UUID NOT NULL, applied BIGINT NOT NULL,"
                    + " sequence BIGINT NOT NULL, hlc BIGINT NOT NULL, epoch BIGINT NOT NULL)",
            "CREATE TABLE actors (id INT PRIMARY KEY, store UUID NOT NULL, node VARCHAR(64), joined BIGINT NOT NULL)",
            "CREATE TABLE versions (place BIGINT PRIMARY KEY, hlc BIGINT NOT NULL, doc_key VARBINARY(1024) NOT NULL,"
                    + " record VARBINARY NOT NULL)",
            "CREATE INDEX versions_by_time ON versions (hlc)",
            "CREATE TABLE current (doc_key VARBINARY(1024) PRIMARY KEY, winner BIGINT NOT NULL, hlc BIGINT NOT NULL,"
                    + " kind TINYINT NOT NULL, expires_at BIGINT NOT NULL, digest BIGINT NOT NULL,"
                    + " history VARBINARY NOT NULL, leaf INT NOT NULL)",
            "CREATE INDEX current_by_leaf ON current (leaf)",
            "CREATE TABLE dead (region BIGINT PRIMARY KEY, swept INT NOT NULL, bits VARBINARY(128) NOT NULL)",
            "CREATE TABLE due (at BIGINT NOT NULL, doc_key VARBINARY(1024) NOT NULL, PRIMARY KEY (at, doc_key))",
            "CREATE TABLE knowledge (store UUID PRIMARY KEY, sequence BIGINT NOT NULL)",
            "CREATE TABLE conflicts (doc_key VARBINARY(1024) PRIMARY KEY, record VARBINARY NOT NULL)",
            "CREATE TABLE held (uuid UUID PRIMARY KEY, hlc BIGINT NOT NULL, doc_key VARBINARY(1024) NOT NULL,"
                    + " record VARBINARY NOT NULL)",
            "CREATE TABLE digest (page INT PRIMARY KEY, bytes VARBINARY NOT NULL)");

    private Schema() {}

    /** Creates the tables in an empty database. */
    static void create(Connection connection, StoreId store) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO meta VALUES (1, " + FORMAT + ", ?, 0, 0, 0, 0)")) {
            insert.setObject(1, store.value());
            insert.executeUpdate();
        }
        connection.commit();
    }

    /** Whether the database has no tables at all. */
    static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES" + " WHERE TABLE_SCHEMA = 'PUBLIC'")) {
            return rows.next() && rows.getInt(1) == 0;
        }
    }

    /** Reads the one row of {@code meta}. */
    static Meta readMeta(Connection connection) throws SQLException, DamagedException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT format, store, applied, sequence, hlc, epoch FROM meta")) {
            if (!row.next()) {
                throw new DamagedException("The table meta has no row.");
            }
            if (row.getInt(1) != FORMAT) {
                throw new DamagedException("The tables have format " + row.getInt(1) + "; this release reads format "
                        + FORMAT + ". Start the release that wrote them.");
            }
            StoreId store = new StoreId(row.getObject(2, UUID.class));
            return new Meta(store, row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
        }
    }

    /** Writes the one row of {@code meta}. */
    static void writeMeta(Connection connection, Meta meta) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE meta SET store = ?, applied = ?, sequence = ?, hlc = ?, epoch = ? WHERE id = 1")) {
            update.setObject(1, meta.store().value());
            update.setLong(2, meta.applied());
            update.setLong(3, meta.sequence());
            update.setLong(4, meta.hlc());
            update.setLong(5, meta.epoch());
            update.executeUpdate();
        }
    }
}
