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

/** The small SQL tables: what the store is called, the actors, and {@link StateTables}. What there is for each key and version is in {@link Trees}. */
final class Schema {
    private static final int FORMAT = 2;

    /** Keyed by dot: a write and its copy under another store's name have one UUID (decision 0010). */
    private static final String HELD = "CREATE TABLE held (store UUID NOT NULL, sequence BIGINT NOT NULL,"
            + " hlc BIGINT NOT NULL, doc_key VARBINARY(1024) NOT NULL, record VARBINARY NOT NULL,"
            + " PRIMARY KEY (store, sequence))";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta (id INT PRIMARY KEY, format INT NOT NULL, store UUID NOT NULL, applied BIGINT NOT NULL,"
                    + " sequence BIGINT NOT NULL, hlc BIGINT NOT NULL, epoch BIGINT NOT NULL)",
            "CREATE TABLE actors (id INT PRIMARY KEY, store UUID NOT NULL, node VARCHAR(64), joined BIGINT NOT NULL)",
            "CREATE TABLE knowledge (store UUID PRIMARY KEY, sequence BIGINT NOT NULL)",
            "CREATE TABLE conflicts (doc_key VARBINARY(1024) PRIMARY KEY, record VARBINARY NOT NULL)",
            HELD,
            "CREATE TABLE digest (page INT PRIMARY KEY, bytes VARBINARY NOT NULL)");

    private static final String RETENTION = "ALTER TABLE meta ADD COLUMN IF NOT EXISTS retention BIGINT";

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

    /** Adds what the tables of an earlier release, and new ones, do not have. */
    static void complete(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(RETENTION);
        }
    }

    /** Reads the one row of {@code meta}; one that names no retention was written by the present one. */
    static Meta readMeta(Connection connection, long tombstoneRetentionMillis) throws SQLException, DamagedException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT format, store, applied, sequence, hlc, epoch, retention FROM meta")) {
            if (!row.next()) {
                throw new DamagedException("The table meta has no row.");
            }
            if (row.getInt(1) != FORMAT) {
                throw new DamagedException("The tables have format " + row.getInt(1) + "; this release reads format "
                        + FORMAT + ". Start the release that wrote them.");
            }
            StoreId store = new StoreId(row.getObject(2, UUID.class));
            Long retention = row.getObject(7, Long.class);
            return new Meta(
                    store,
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    retention == null ? tombstoneRetentionMillis : retention);
        }
    }

    /** Writes the one row of {@code meta}. */
    static void writeMeta(Connection connection, Meta meta) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE meta SET store = ?, applied = ?, sequence = ?, hlc = ?, epoch = ?, retention = ?"
                        + " WHERE id = 1")) {
            update.setObject(1, meta.store().value());
            update.setLong(2, meta.applied());
            update.setLong(3, meta.sequence());
            update.setLong(4, meta.hlc());
            update.setLong(5, meta.epoch());
            update.setLong(6, meta.tombstoneRetentionMillis());
            update.executeUpdate();
        }
    }
}
