package dev.kvs.ctl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The figures of one run, ready to be shown. */
public final class Report {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Measurements measured;
    private final double seconds;
    private final boolean scheduled;

    /**
     * @param nanos how long the measuring took
     * @param scheduled whether latencies already count from due times
     */
    public Report(Measurements measured, long nanos, boolean scheduled) {
        this.measured = measured;
        this.seconds = nanos / NANOS_PER_SECOND;
        this.scheduled = scheduled;
    }

    /** How the figures were corrected for coordinated omission. */
    public String correction() {
        return scheduled ? "due-time" : "expected-interval";
    }

    /**
     * One line of figures. Latencies are milliseconds; {@code perSecond} counts what worked.
     *
     * @param operation {@code all}, {@code read} or {@code write}
     */
    public record Line(
            String operation,
            long count,
            long errors,
            double perSecond,
            double p50,
            double p90,
            double p99,
            double p999,
            double max) {}

    /** A line for all operations, and one for each kind that took place. */
    public List<Line> lines() {
        Histogram reads = corrected(measured.reads());
        Histogram writes = corrected(measured.writes());
        long readCount = measured.reads().getTotalCount();
        long writeCount = measured.writes().getTotalCount();
        long readErrors = measured.readErrors();
        long writeErrors = measured.writeErrors();
        List<Line> lines = new ArrayList<>();
        if (readCount + readErrors > 0) {
            lines.add(line("read", reads, readCount, readErrors));
        }
        if (writeCount + writeErrors > 0) {
            lines.add(line("write", writes, writeCount, writeErrors));
        }
        Histogram all = reads.copy();
        all.add(writes);
        lines.addFirst(line("all", all, readCount + writeCount, readErrors + writeErrors));
        return lines;
    }

    /** With a rate the latencies tell all; without, what a stall kept from being sent is filled in at the median pace. */
    private Histogram corrected(Histogram raw) {
        long median = raw.getValueAtPercentile(50);
        return scheduled || median == 0 ? raw.copy() : raw.copyCorrectedForCoordinatedOmission(median);
    }

    private Line line(String operation, Histogram latencies, long count, long errors) {
        return new Line(
                operation,
                count,
                errors,
                seconds == 0 ? 0 : rounded(count / seconds),
                millis(latencies, 50),
                millis(latencies, 90),
                millis(latencies, 99),
                millis(latencies, 99.9),
                millis(latencies, 100));
    }

    private static double millis(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0
                ? 0
                : rounded(latencies.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
