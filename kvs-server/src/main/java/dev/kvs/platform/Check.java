package dev.kvs.platform;

import org.jspecify.annotations.Nullable;

/**
 * Invariants: what must be true unless this program has a bug. Always on, because a store that goes on after a broken
 * invariant writes the damage down. Refused input is never a broken invariant.
 */
public final class Check {
    private Check() {}

    /** Throws {@link IllegalStateException} with {@code message} unless {@code condition} holds. */
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException("broken invariant: " + message);
        }
    }

    /** Returns {@code value}, which must be there. */
    public static <T> T present(@Nullable T value, String message) {
        if (value == null) {
            throw new IllegalStateException("broken invariant: " + message);
        }
        return value;
    }

    /** As {@link #that(boolean, String)}, with one value named in the message; formats only on failure. */
    public static void that(boolean condition, String message, Object value) {
        if (!condition) {
            throw new IllegalStateException("broken invariant: " + message + ": " + value);
        }
    }
}
