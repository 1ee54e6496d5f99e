package dev.kvs.platform;

/** The clock port. Real: {@link SystemTime}. Simulated: {@code SimTime} in the tests. */
public interface Time {
    /** Wall-clock time in milliseconds since the Unix epoch. May jump either way: only versions and people see it. */
    long epochMillis();

    /** Monotonic time in nanoseconds from an arbitrary origin, for measuring how long something took. */
    long monotonicNanos();
}
