package dev.kvs.storage.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/**
 * Versions that have left their key's history and are still in the table {@code versions}. They are noted here, a bit each,
 * and removed region by region once half of what a region of places holds is dead. Removing each at once would have to touch,
 * under random overwriting, nearly every page of the table at every checkpoint; so a page is written a few times in its life,
 * and the table is at most about twice as long as what is kept. Decision 0009.
 *
 * <p>To everybody who reads, a dead version is gone.
 */
final class DeadVersions {
    private static final int REGION_BITS = 10;

    /** Places of a region. */
    static final int REGION = 1 << REGION_BITS;

    private final PreparedStatement select;
    private final PreparedStatement merge;
    private final PreparedStatement forget;
    private final PreparedStatement noted;
    private final PreparedStatement remove;

    DeadVersions(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT swept, bits FROM dead WHERE region = ?");
        merge = connection.prepareStatement("MERGE INTO dead (region, swept, bits) KEY (region) VALUES (?, ?, ?)");
        forget = connection.prepareStatement("DELETE FROM dead WHERE region = ?");
        noted = connection.prepareStatement(
                "SELECT region FROM dead WHERE region > ? AND OCTET_LENGTH(bits) > 0" + " ORDER BY region LIMIT 1");
        remove = connection.prepareStatement("DELETE FROM versions WHERE place = ?");
    }

    /**
     * One region.
     *
     * @param swept how many of its places have been emptied
     * @param bits which of its versions are dead
     */
    private record Region(int swept, BitSet bits) {
        boolean isDue() {
            return 2 * bits.cardinality() >= REGION - swept;
        }
    }

    static long regionOf(long place) {
        return place >> REGION_BITS;
    }

    static int bitOf(long place) {
        return (int) (place & (REGION - 1));
    }

    /**
     * Notes places of one region as dead.
     *
     * @return how many versions were removed, because there were enough
     */
    int add(long[] places, int from, int to) throws SQLException {
        long number = regionOf(places[from]);
        Region region = region(number);
        for (int i = from; i < to; i++) {
            region.bits.set(bitOf(places[i]));
        }
        if (region.isDue()) {
            return sweep(number, region);
        }
        save(number, region);
        return 0;
    }

    /** Makes room for a version that was dead and comes again; false when it was not dead. */
    boolean revive(long place) throws SQLException {
        Region region = region(regionOf(place));
        if (!region.bits.get(bitOf(place))) {
            return false;
        }
        region.bits.clear(bitOf(place));
        save(regionOf(place), region);
        remove(place);
        return true;
    }

    /** The first region above {@code after} with dead versions, {@link Long#MAX_VALUE} for none. */
    long next(long after) throws SQLException {
        noted.setLong(1, after);
        try (ResultSet row = noted.executeQuery()) {
            return row.next() ? row.getLong(1) : Long.MAX_VALUE;
        }
    }

    /** Removes the dead versions of a region; returns how many. */
    int sweep(long number) throws SQLException {
        return sweep(number, region(number));
    }

    private int sweep(long number, Region region) throws SQLException {
        int count = region.bits.cardinality();
        for (int bit = region.bits.nextSetBit(0); bit >= 0; bit = region.bits.nextSetBit(bit + 1)) {
            remove((number << REGION_BITS) + bit);
        }
        region.bits.clear();
        save(number, new Region(Math.min(REGION, region.swept + count), region.bits));
        return count;
    }

    private void remove(long place) throws SQLException {
        remove.setLong(1, place);
        remove.executeUpdate();
    }

    private Region region(long number) throws SQLException {
        select.setLong(1, number);
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? new Region(row.getInt(1), BitSet.valueOf(row.getBytes(2)))
                    : new Region(0, new BitSet());
        }
    }

    private void save(long number, Region region) throws SQLException {
        if (region.swept == REGION && region.bits.isEmpty()) {
            forget.setLong(1, number);
            forget.executeUpdate();
            return;
        }
        merge.setLong(1, number);
        merge.setInt(2, region.swept);
        merge.setBytes(3, region.bits.toByteArray());
        merge.executeUpdate();
    }
}
