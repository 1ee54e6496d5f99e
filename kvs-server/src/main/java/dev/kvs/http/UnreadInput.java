package dev.kvs.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which connections were refused before their request was read to its end. A connection is served by one thread from
 * beginning to end, so the thread names it. Safe for concurrent use; holds a thread only from the refusal to the close.
 */
final class UnreadInput {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** The calling thread's connection has input that nobody will read. */
    void note() {
        threads.add(Thread.currentThread());
    }

    /** Whether {@link #note} was called on this thread since the last time. */
    boolean take() {
        return threads.remove(Thread.currentThread());
    }
}
