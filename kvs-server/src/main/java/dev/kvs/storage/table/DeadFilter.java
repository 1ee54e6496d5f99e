package dev.kvs.storage.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/** What a reader leaves out: {@link DeadVersions} that are still in the table. */
final class DeadFilter {
    private final PreparedStatement select;

    DeadFilter(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT bits FROM dead WHERE region = ?");
    }

    /** For one query: remembers the region of the last place that was asked for. */
    final class Pass {
        private long region = Long.MIN_VALUE;
        private BitSet dead = new BitSet();

        /** Whether the version at a place is dead; quick when places are asked for in order. */
        boolean isDead(long place) throws SQLException {
            if (DeadVersions.regionOf(place) != region) {
                region = DeadVersions.regionOf(place);
                dead = bitsOf(region);
            }
            return dead.get(DeadVersions.bitOf(place));
        }
    }

    private BitSet bitsOf(long region) throws SQLException {
        select.setLong(1, region);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? BitSet.valueOf(row.getBytes(1)) : new BitSet();
        }
    }
}
