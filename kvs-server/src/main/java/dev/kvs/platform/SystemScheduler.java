package dev.kvs.platform;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that keeps the time; every task runs on a virtual thread of its own. */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("kvs-timer").daemon().factory());

    public SystemScheduler() {
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        try {
            Future<?> pending =
                    clock.schedule(() -> Thread.startVirtualThread(logged(task)), delayMillis, TimeUnit.MILLISECONDS);
            return () -> pending.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A timed task failed.", e);
            }
        };
    }

    /** Forgets what has not begun, and whatever comes later: what is still writing when a node stops may go on. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
