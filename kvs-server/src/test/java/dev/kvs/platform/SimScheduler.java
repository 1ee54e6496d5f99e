package dev.kvs.platform;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The one event queue of a simulated world, and its clock: time stands still while a task runs and leaps to the next one
 * after it. Tasks of the same moment run in the order in which they were asked for, so that a run is a pure function of its
 * seed. Everything happens in the thread that calls {@link #runFor}.
 *
 * <p>Its own {@link #after} belongs to the script of the test and survives every crash; nodes get theirs from {@link
 * SimHost#scheduler}. Unlike the real scheduler it does not swallow what a task throws: in a test that is a failure.
 */
public final class SimScheduler implements Scheduler {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long nanos;
    private long asked;
    private long ran;

    /** Simulated time since the beginning, in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** Simulated time since the beginning, in milliseconds. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Tasks run so far. */
    public long eventsRun() {
        return ran;
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        return afterNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis), task);
    }

    /** As {@link #after}, for delays shorter than a millisecond. */
    public Timer afterNanos(long delayNanos, Runnable task) {
        Check.that(delayNanos >= 0, "a delay is not negative", delayNanos);
        Event event = new Event(Math.addExact(nanos, delayNanos), asked++, task);
        queue.add(event);
        return event;
    }

    /** Runs everything that happens within {@code millis} from now, and lets that time pass. */
    public void runFor(long millis) {
        long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (stepUntil(end)) {
            continue;
        }
        nanos = end;
    }

    /**
     * Runs until {@code condition} holds, at most {@code withinMillis}; says whether it does. It is looked at after every
     * event: make it cheap.
     */
    public boolean runUntil(BooleanSupplier condition, long withinMillis) {
        long end = nanos + TimeUnit.MILLISECONDS.toNanos(withinMillis);
        while (!condition.getAsBoolean()) {
            if (!stepUntil(end)) {
                nanos = end;
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** Runs the next event unless it lies after {@code end}. */
    private boolean stepUntil(long end) {
        while (!queue.isEmpty() && queue.peek().atNanos <= end) {
            Event event = queue.remove();
            if (!event.cancelled) {
                nanos = event.atNanos;
                ran++;
                event.task.run();
                return true;
            }
        }
        return false;
    }

    /** A task with its moment. A cancelled one stays in the queue, which is cheaper than looking for it there. */
    private static final class Event implements Timer, Comparable<Event> {
        private final long atNanos;
        private final long order;
        private Runnable task;
        private boolean cancelled;

        private Event(long atNanos, long order, Runnable task) {
            this.atNanos = atNanos;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
            task = () -> {}; // What it held can go before its moment comes.
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
