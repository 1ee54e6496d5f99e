package dev.kvs.http;

import java.util.concurrent.atomic.LongAdder;

/** Counts durations by size. Recording takes some tens of nanoseconds and no lock. */
public final class Histogram {
    private static final double NANOS = 1e9;

    /** Upper bounds in nanoseconds, from well below a read in memory to the longest a client waits. */
    private static final long[] BOUNDS = {
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        1_000_000_000,
        10_000_000_000L
    };

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    Histogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Counts one duration. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sumNanos.add(nanos);
    }

    /** How many buckets there are; the last has no bound. */
    static int buckets() {
        return BOUNDS.length + 1;
    }

    /** A bucket's upper bound in seconds, infinity for the last. */
    static double bound(int bucket) {
        return bucket < BOUNDS.length ? BOUNDS[bucket] / NANOS : Double.POSITIVE_INFINITY;
    }

    /** How many durations fell into a bucket and no lower one. */
    long count(int bucket) {
        return counts[bucket].sum();
    }

    /** The sum of all durations in seconds. */
    double sum() {
        return sumNanos.sum() / NANOS;
    }
}
