package dev.kvs.console.web;

/** An answer that does not end: Server-Sent Events, asked for once in a while by whoever listens. Used by one thread. */
public interface Feed {
    /** Milliseconds between two questions: news may come so late. */
    long PAUSE_MILLIS = 2_000;

    /** What to send now, a whole number of events or comments; empty for nothing. */
    String next();
}
