package dev.kvs.model;

import java.util.UUID;

/** UUIDs as versions use them: made as RFC 9562 version 7, compared as unsigned 128-bit numbers. */
public final class Uuids {
    private Uuids() {}

    /** A version 7 UUID of a millisecond (48 bits are used) from 74 of the 128 random bits given. */
    public static UUID version7(long millis, long randomHigh, long randomLow) {
        long high = (millis << 16) | 0x7000L | (randomHigh & 0x0FFFL);
        long low = (randomLow >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Unsigned order, which {@link UUID#compareTo} is not; equals the order of the canonical texts. */
    public static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
