package dev.kvs.console.web;

import org.jspecify.annotations.Nullable;

/** An answer whose length nobody knows yet, asked for in parts by whoever sends it. Used by one thread. */
public interface Feed extends AutoCloseable {
    /** What to send now; empty for nothing yet, null at the end. */
    byte @Nullable [] next();

    /** Milliseconds to wait before the next question. */
    long pauseMillis();

    @Override
    void close();
}
