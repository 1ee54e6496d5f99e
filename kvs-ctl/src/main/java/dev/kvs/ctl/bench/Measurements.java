package dev.kvs.ctl.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Latencies of what worked and counts of what did not. Safe for use by many threads; its size does not grow. */
public final class Measurements {
    /** Longer latencies count as this: no request of the client's takes as long. */
    private static final long MICROS_MAX = TimeUnit.HOURS.toMicros(1);

    /** Two digits would blur 99 and 100 ms; four would take ten times the memory. */
    private static final int DIGITS = 3;

    private final Histogram reads = new ConcurrentHistogram(MICROS_MAX, DIGITS);
    private final Histogram writes = new ConcurrentHistogram(MICROS_MAX, DIGITS);
    private final LongAdder readErrors = new LongAdder();
    private final LongAdder writeErrors = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    /** An operation worked. */
    void worked(boolean read, long nanos) {
        (read ? reads : writes).recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, MICROS_MAX));
    }

    /** An operation failed with this word of the error table, or of the client's own. */
    void failed(boolean read, String code) {
        (read ? readErrors : writeErrors).increment();
        errors.computeIfAbsent(code, any -> new LongAdder()).increment();
    }

    /** Latencies of reads, in microseconds. */
    public Histogram reads() {
        return reads;
    }

    /** Latencies of writes, in microseconds. */
    public Histogram writes() {
        return writes;
    }

    /** How many reads failed. */
    public long readErrors() {
        return readErrors.sum();
    }

    /** How many writes failed. */
    public long writeErrors() {
        return writeErrors.sum();
    }

    /** How many operations failed, by code, in alphabetical order. */
    public Map<String, Long> errors() {
        Map<String, Long> counts = new TreeMap<>();
        errors.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }
}
