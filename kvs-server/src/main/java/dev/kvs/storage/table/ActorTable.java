package dev.kvs.storage.table;

import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.storage.format.Actors;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for origins and stores, kept in the table {@code actors}: a million rows repeat the same few. Grows only;
 * numbers are given by the checkpoint and written in its transaction.
 */
final class ActorTable implements Actors {
    /** A trillion writes of one store: three years at 10,000 a second. */
    private static final int SEQUENCE_BITS = 40;

    static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;
    private static final int MAX_NUMBER = (1 << (63 - SEQUENCE_BITS)) - 1;

    private final Map<Integer, Origin> origins = new ConcurrentHashMap<>();
    private final Map<Origin, Integer> originNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, StoreId> stores = new ConcurrentHashMap<>();
    private final Map<StoreId, Integer> storeNumbers = new ConcurrentHashMap<>();
    private final List<Integer> unsaved = new ArrayList<>();
    private int next = 1;

    static ActorTable load(Connection connection) throws SQLException {
        ActorTable table = new ActorTable();
        try (PreparedStatement select = connection.prepareStatement("SELECT id, store, node, joined FROM actors");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                table.add(rows.getInt(1), rows.getObject(2, UUID.class), rows.getString(3), rows.getLong(4));
            }
        }
        return table;
    }

    private void add(int number, UUID store, @Nullable String node, long joined) {
        next = Math.max(next, number + 1);
        StoreId id = new StoreId(store);
        if (node == null) {
            stores.put(number, id);
            storeNumbers.put(id, number);
        } else {
            Origin origin = new Origin(id, new NodeId(node), joined);
            origins.put(number, origin);
            originNumbers.put(origin, number);
        }
    }

    /** Writes the numbers given since the last call; part of the checkpoint's transaction. */
    void save(Connection connection) throws SQLException {
        if (unsaved.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO actors (id, store, node, joined) VALUES (?, ?, ?, ?)")) {
            for (int number : unsaved) {
                Origin origin = origins.get(number);
                StoreId store = origin == null ? stores.get(number) : origin.store();
                insert.setInt(1, number);
                insert.setObject(
                        2, Check.present(store, "a number stands for something").value());
                insert.setString(3, origin == null ? null : origin.node().value());
                insert.setLong(4, origin == null ? 0 : origin.joinedMillis());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        unsaved.clear();
    }

    @Override
    public void writeOrigin(Encoder out, Origin origin) {
        Integer known = originNumbers.get(origin);
        if (known == null) {
            known = give();
            origins.put(known, origin);
            originNumbers.put(origin, known);
        }
        out.putVarint(known);
    }

    /** Where a version stands in its table: its store's number and its sequence there. */
    long placeOf(Version version) {
        return placeOf(numberOf(version.origin().store()), version.sequence());
    }

    private static long placeOf(int number, long sequence) {
        Check.that(sequence <= MAX_SEQUENCE, "a store writes less than 2^40 versions", sequence);
        Check.that(number <= MAX_NUMBER, "less than 2^23 stores and origins are met", number);
        return ((long) number << SEQUENCE_BITS) | sequence;
    }

    /** The place of a store's version with this sequence, or 0 when nothing of that store is here. */
    long placeOf(StoreId store, long sequence) {
        Integer number = storeNumbers.get(store);
        return number == null ? 0 : placeOf(number, sequence);
    }

    /** Every store that was met. */
    Set<StoreId> stores() {
        return Set.copyOf(storeNumbers.keySet());
    }

    @Override
    public Origin readOrigin(Decoder in) throws DamagedException {
        Origin origin = origins.get(Math.toIntExact(in.getVarint()));
        if (origin == null) {
            throw new DamagedException("a version names an origin that the table of actors does not have");
        }
        return origin;
    }

    @Override
    public void writeStore(Encoder out, StoreId store) {
        out.putVarint(numberOf(store));
    }

    private int numberOf(StoreId store) {
        Integer known = storeNumbers.get(store);
        if (known == null) {
            known = give();
            stores.put(known, store);
            storeNumbers.put(store, known);
        }
        return known;
    }

    @Override
    public StoreId readStore(Decoder in) throws DamagedException {
        StoreId store = stores.get(Math.toIntExact(in.getVarint()));
        if (store == null) {
            throw new DamagedException("a version names a store that the table of actors does not have");
        }
        return store;
    }

    private int give() {
        unsaved.add(next);
        return next++;
    }
}
