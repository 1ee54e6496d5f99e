package dev.kvs.platform;

/** The machine's own clocks. */
public class SystemTime implements Time {
    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
