package dev.kvs.client;

import java.time.Duration;

/**
 * How long to wait before the next round: exponential with full jitter, as in Marc Brooker's "Exponential Backoff And
 * Jitter" (2015): evenly between nothing and the cap, so that clients that failed together do not return together.
 */
final class Backoff {
    /** A loopback or LAN round trip many times over. */
    static final Duration FIRST = Duration.ofMillis(100);

    /** Long enough for a node to restart within the next round or two. */
    static final Duration CAP = Duration.ofSeconds(5);

    private Backoff() {}

    /** The wait after round {@code round}, counted from 0; {@code chance} is from 0 to below 1. */
    static Duration after(int round, double chance) {
        long doubled = FIRST.toNanos() << Math.min(round, 20);
        return Duration.ofNanos((long) (Math.min(CAP.toNanos(), doubled) * chance));
    }
}
