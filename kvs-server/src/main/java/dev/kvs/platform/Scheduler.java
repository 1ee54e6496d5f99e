package dev.kvs.platform;

/**
 * The timer port. Real: {@link SystemScheduler}. Simulated: {@code SimScheduler} in the tests, whose one thread runs
 * everything.
 */
public interface Scheduler {
    /**
     * Runs {@code task} once after {@code delayMillis}, 0 or more. It may run on any thread and may block; tasks may run at the
     * same time. What it throws is logged and ends nothing else.
     */
    Timer after(long delayMillis, Runnable task);

    /** A task that has been asked for. */
    interface Timer {
        /** Makes sure that the task does not begin any more; does not wait for one that has begun. */
        void cancel();
    }
}
