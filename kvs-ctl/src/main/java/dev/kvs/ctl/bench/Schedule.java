package dev.kvs.ctl.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * When operations are due. With a rate, operation i is due i/rate seconds after the start, whoever is free to send it; a
 * client that comes late finds its operation overdue. Without a rate each is due when somebody asks for it. Times are in
 * nanoseconds since the start.
 */
final class Schedule {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Longest sleep before looking again whether the run was stopped: a Ctrl-C is answered within this. */
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(50);

    private final long length;
    private final int rate;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile long start;
    private volatile boolean stopped;

    /**
     * @param length of the run
     * @param rate operations in a second, 0 for no limit
     */
    Schedule(long length, int rate) {
        this.length = length;
        this.rate = rate;
    }

    /** Sets the start, on the scale of {@link System#nanoTime}. */
    void start(long nanoTime) {
        start = nanoTime;
    }

    /**
     * Waits until the caller's next operation is due.
     *
     * @return when it was due, or a negative number when the run is over
     */
    long await() {
        long due = rate == 0 ? 0 : offset(next.getAndIncrement());
        while (!stopped) {
            long now = now();
            if (due >= length || now >= length) {
                return -1;
            }
            if (due <= now) {
                sent.incrementAndGet();
                return rate == 0 ? now : due;
            }
            LockSupport.parkNanos(Math.min(NAP, due - now));
        }
        return -1;
    }

    private long offset(long number) {
        return number / rate * SECOND + number % rate * SECOND / rate;
    }

    /** The time. */
    long now() {
        return System.nanoTime() - start;
    }

    /** How many operations were due by now, or by the end, and were not sent. Without a rate, none. */
    long unsent() {
        if (rate == 0) {
            return 0;
        }
        long until = Math.min(now(), length);
        long due = until / SECOND * rate + until % SECOND * rate / SECOND;
        return Math.max(0, due - sent.get());
    }

    /** Ends the run at once. */
    void stop() {
        stopped = true;
    }
}
