package dev.kvs.storage.table;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.h2.mvstore.MVMap;

/**
 * Versions that have left their key's history and are still in the {@link VersionTree}. They are noted here, a bit each,
 * and removed region by region once half of what a region of places holds is dead. Removing each at once would have to touch,
 * under random overwriting, nearly every page of the tree at every checkpoint; so a page is written a few times in its life,
 * and the tree is at most about twice as long as what is kept. Decision 0009.
 *
 * <p>To everybody who reads, a dead version is gone.
 */
final class DeadVersions {
    private static final int REGION_BITS = 10;

    /** Places of a region. */
    static final int REGION = 1 << REGION_BITS;

    /** A region's number gives how many of its places have been emptied, 2 bytes, and which of its versions are dead, a bit each. */
    private final MVMap<Long, byte[]> regions;

    private final VersionTree versions;

    DeadVersions(MVMap<Long, byte[]> regions, VersionTree versions) {
        this.regions = regions;
        this.versions = versions;
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

        byte[] encode() {
            byte[] set = bits.toByteArray();
            return ByteBuffer.allocate(Short.BYTES + set.length)
                    .putShort((short) swept)
                    .put(set)
                    .array();
        }

        static Region decode(byte[] row) {
            ByteBuffer in = ByteBuffer.wrap(row);
            return new Region(in.getShort(), BitSet.valueOf(in));
        }
    }

    private static long regionOf(long place) {
        return place >> REGION_BITS;
    }

    private static int bitOf(long place) {
        return (int) (place & (REGION - 1));
    }

    /** What a reader leaves out: for one query, remembers the region of the last place that was asked for. */
    final class Pass {
        private long number = Long.MIN_VALUE;
        private BitSet dead = new BitSet();

        /** Whether the version at a place is dead; quick when places are asked for in order. */
        boolean isDead(long place) {
            if (regionOf(place) != number) {
                number = regionOf(place);
                dead = region(number).bits;
            }
            return dead.get(bitOf(place));
        }
    }

    /** Notes places, ascending, as dead, and removes those of each region that has enough. */
    void add(long[] places) {
        for (int from = 0, to; from < places.length; from = to) {
            long number = regionOf(places[from]);
            Region region = region(number);
            for (to = from; to < places.length && regionOf(places[to]) == number; to++) {
                region.bits.set(bitOf(places[to]));
            }
            if (region.isDue()) {
                sweep(number, region);
            } else {
                save(number, region);
            }
        }
    }

    /** Makes room for a version that was dead and comes again; false when it was not dead. */
    boolean revive(long place) {
        Region region = region(regionOf(place));
        if (!region.bits.get(bitOf(place))) {
            return false;
        }
        region.bits.clear(bitOf(place));
        save(regionOf(place), region);
        versions.remove(place);
        return true;
    }

    /** Removes everything that is dead. */
    void sweepAll() {
        // No cursor, because sweeping writes, and nobody would keep the pages that a cursor still has to read.
        for (Long number = regions.firstKey(); number != null; number = regions.higherKey(number)) {
            Region region = region(number);
            if (!region.bits.isEmpty()) {
                sweep(number, region);
            }
        }
    }

    private void sweep(long number, Region region) {
        int count = region.bits.cardinality();
        for (int bit = region.bits.nextSetBit(0); bit >= 0; bit = region.bits.nextSetBit(bit + 1)) {
            versions.remove((number << REGION_BITS) + bit);
        }
        region.bits.clear();
        save(number, new Region(Math.min(REGION, region.swept + count), region.bits));
    }

    private Region region(long number) {
        byte[] row = regions.get(number);
        return row == null ? new Region(0, new BitSet()) : Region.decode(row);
    }

    private void save(long number, Region region) {
        if (region.swept == REGION && region.bits.isEmpty()) {
            regions.remove(number);
        } else {
            regions.put(number, region.encode());
        }
    }
}
