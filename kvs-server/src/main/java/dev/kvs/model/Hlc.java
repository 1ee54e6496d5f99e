package dev.kvs.model;

/**
 * Hybrid logical timestamps: one 64-bit integer, milliseconds since the Unix epoch in the upper 48 bits and a counter in
 * the lower 16. Comparing two as signed integers orders events; the millisecond part is what people see.
 *
 * <p>Source: Kulkarni, Demirbas, Madappa, Avva, Leone: "Logical Physical Clocks", 2014. Ours packs both parts into one
 * word and lets an overflowing counter run into the next millisecond.
 */
public final class Hlc {
    /** Bits of the counter: 65,536 writes a millisecond before the clock runs ahead, far above what a node can do. */
    public static final int COUNTER_BITS = 16;

    /** The largest millisecond that fits: year 6429. */
    public static final long MAX_MILLIS = (1L << 47) - 1;

    private Hlc() {}

    /** The earliest timestamp of a millisecond, 0 to {@link #MAX_MILLIS}. */
    public static long ofMillis(long millis) {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("milliseconds out of range 0.." + MAX_MILLIS + ": " + millis);
        }
        return millis << COUNTER_BITS;
    }

    /** The latest timestamp of a millisecond, for "as of" reads. */
    public static long lastOfMillis(long millis) {
        return ofMillis(millis) | ((1L << COUNTER_BITS) - 1);
    }

    /** What tells timestamps of one millisecond apart, 0 to 65,535. */
    public static int counter(long hlc) {
        return (int) (hlc & 0xFFFF);
    }

    /** The timestamp of a millisecond, 0 to {@link #MAX_MILLIS}, and a counter, 0 to 65,535. */
    public static long of(long millis, int counter) {
        return ofMillis(millis) | counter;
    }

    /** Milliseconds since the Unix epoch. */
    public static long millis(long hlc) {
        return hlc >> COUNTER_BITS;
    }

    /** The timestamp of the next local event: {@code max(now << 16, last + 1)}. */
    public static long next(long last, long nowMillis) {
        return Math.max(ofMillis(Math.clamp(nowMillis, 0, MAX_MILLIS)), last + 1);
    }
}
