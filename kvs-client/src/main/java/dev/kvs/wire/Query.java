package dev.kvs.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds a query string from {@link Parameters}; what is null or false is left out. Not for use by several threads. */
public final class Query {
    private final StringBuilder text = new StringBuilder();

    /** {@code name=value}, the value percent-encoded. */
    public Query with(String name, @Nullable Object value) {
        if (value != null) {
            begin(name).append('=');
            Paths.append(text, value.toString());
        }
        return this;
    }

    /** {@code name=90s}. */
    public Query with(String name, @Nullable Duration value) {
        return with(name, value == null ? null : (Object) Durations.format(value));
    }

    /** The bare {@code name} when {@code on}. */
    public Query flag(String name, boolean on) {
        if (on) {
            begin(name);
        }
        return this;
    }

    /** {@code name=true} when {@code on}. */
    public Query when(String name, boolean on) {
        return on ? with(name, (Object) true) : this;
    }

    private StringBuilder begin(String name) {
        return text.append(text.isEmpty() ? '?' : '&').append(name);
    }

    /** Empty, or beginning with {@code ?}. */
    @Override
    public String toString() {
        return text.toString();
    }
}
