package dev.kvs.ctl.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives a command that has something to clean up the time for it after Ctrl-C: while one is open, the process ends only
 * when it is closed, or after a bound. The JVM then ends with 130 of itself. A shutdown hook, because handling signals
 * needs classes that are not part of the platform's interface.
 */
final class Interruption implements AutoCloseable {
    /** Longest time to clean up: a million keys take about that. Somebody who cannot wait has Ctrl-\. */
    private static final Duration CLEANUP_MAX = Duration.ofMinutes(2);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /**
     * @param stop called when the process is asked to end; must return at once
     */
    Interruption(Runnable stop) {
        this.hook = new Thread(() -> await(stop), "kvsctl-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await(Runnable stop) {
        stop.run();
        try {
            done.await(CLEANUP_MAX.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is running or has run; the latch lets it end.
            return;
        }
    }
}
