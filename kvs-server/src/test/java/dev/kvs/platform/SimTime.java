package dev.kvs.platform;

import java.util.concurrent.TimeUnit;

/**
 * The clocks of one simulated machine: the wall clock can be set wrong and jump either way, the monotonic one goes on with
 * the simulation whatever happens to the other.
 */
public final class SimTime implements Time {
    /** 2026-01-01T00:00:00Z: a plausible date, so that what is derived from it (UUIDs, texts) looks as in life. */
    public static final long EPOCH_MILLIS = 1_767_225_600_000L;

    private final SimScheduler scheduler;
    private long skewMillis;

    public SimTime(SimScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public long epochMillis() {
        return trueMillis() + skewMillis;
    }

    @Override
    public long monotonicNanos() {
        return scheduler.nanos();
    }

    /** What a right clock would show. */
    public long trueMillis() {
        return EPOCH_MILLIS + TimeUnit.NANOSECONDS.toMillis(scheduler.nanos());
    }

    /** How far the wall clock is ahead of the right time; negative when it is behind. */
    public long skewMillis() {
        return skewMillis;
    }

    /** Sets the wall clock so far ahead of the right time, or behind when negative. */
    public void skew(long millis) {
        skewMillis = millis;
    }

    /** Lets the wall clock jump by {@code millis}, either way. */
    public void jump(long millis) {
        skewMillis += millis;
    }
}
