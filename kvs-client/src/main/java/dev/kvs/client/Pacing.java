package dev.kvs.client;

import java.time.Duration;

/** Time and chance as retries see them, so that tests can watch the waits instead of sitting through them. */
interface Pacing {
    /** Monotonic nanoseconds. */
    long nanoTime();

    /** Waits. */
    void sleep(Duration time) throws InterruptedException;

    /** Evenly spread from 0, inclusive, to 1, exclusive. */
    double chance();
}
