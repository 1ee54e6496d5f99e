package dev.kvs.peer;

import dev.kvs.platform.Time;
import java.util.concurrent.TimeUnit;

/** The moment at which a call has failed, whatever it is waiting for: its turn, a session, a connection or the answer. */
record Deadline(Time time, long atNanos) {
    static Deadline in(long millis, Time time) {
        return new Deadline(time, time.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Nanoseconds left; 0 when it has passed. */
    long remainingNanos() {
        return Math.max(0, atNanos - time.monotonicNanos());
    }
}
