package dev.kvs.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that began before draining did. While they finish, the door stays open: whoever balances load must be able
 * to hear that this node is not ready, and those who ask anew must be told why they are refused. What begins later is not
 * counted, so that a stream of reads cannot hold up the stop.
 */
final class RunningRequests {
    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean draining;

    /** A request begins; returns whether it is counted, and so must {@link #end}. */
    boolean begin() {
        if (draining) {
            return false;
        }
        running.incrementAndGet();
        return true;
    }

    /** A request that was counted ends. */
    void end() {
        if (running.decrementAndGet() == 0 && draining) {
            ended.countDown();
        }
    }

    /** From now on only what is already running is waited for. */
    void drain() {
        draining = true;
        if (running.get() == 0) {
            ended.countDown();
        }
    }

    boolean isDraining() {
        return draining;
    }

    /** Blocks until everything that was counted has ended, at most so long. An interrupt ends the wait. */
    void awaitEnd(Duration atMost) {
        try {
            var _ = ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
