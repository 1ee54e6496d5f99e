package dev.kvs.http;

import dev.kvs.platform.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long a thread may wait for its peer. A thread arms its deadline before it reads or writes a socket and
 * disarms it afterwards; one watching thread interrupts those whose time is up, which closes a blocked socket.
 *
 * <p>Why not the socket's own read timeout: a client that sends one byte now and then never runs into it, and it does not
 * exist for channels or for writing. Why exactly this hand-shake: an interrupt that arrives after the wait would hit
 * whatever comes next, and an interrupted disk write closes the file. So firing and disarming exclude each other, and
 * {@link #disarm()} takes back an interrupt that was fired.
 */
final class Deadlines implements AutoCloseable {
    /** How often waits are looked at: a deadline is kept to this, and thousands of connections cost next to nothing. */
    private static final long SWEEP_MILLIS = 100;

    private final Time time;
    private final Map<Thread, Watch> watches = new ConcurrentHashMap<>();
    private final ThreadLocal<Watch> own = ThreadLocal.withInitial(this::watchCaller);
    private final ScheduledExecutorService sweeper;
    private volatile boolean draining;

    /** What is known of one thread's waits, made at its first. All fields but the thread are guarded by its own lock. */
    private static final class Watch {
        private final Thread thread;
        private long untilNanos;
        private boolean armed;
        private boolean fired;
        private boolean endsWithDoor;

        private Watch(Thread thread) {
            this.thread = thread;
        }

        private synchronized void begin(long until, boolean asStream) {
            untilNanos = until;
            endsWithDoor = asStream;
            armed = true;
        }

        private synchronized boolean end() {
            boolean late = fired;
            armed = false;
            fired = false;
            return late;
        }

        private synchronized void fireIfLate(long now, boolean draining) {
            if (armed && !fired && (untilNanos - now <= 0 || (draining && endsWithDoor))) {
                fired = true;
                thread.interrupt();
            }
        }

        private synchronized boolean isArmed() {
            return armed;
        }
    }

    /** One entry a thread and not one a wait: a request waits three times, and the map would be its costliest part. */
    private Watch watchCaller() {
        Watch watch = new Watch(Thread.currentThread());
        watches.put(watch.thread, watch);
        return watch;
    }

    Deadlines(Time time) {
        this.time = time;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("kvs-http-deadlines").factory());
        var _ = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The calling thread is going to wait for at most this long; replaces a deadline it has. */
    void arm(Duration atMost) {
        own.get().begin(time.monotonicNanos() + atMost.toNanos(), false);
    }

    /** The same for a wait that also ends, as if it were late, when the door is drained. */
    void armStream(Duration atMost) {
        own.get().begin(time.monotonicNanos() + atMost.toNanos(), true);
    }

    /** The time at which a span from now ends, for {@link #until}. */
    long in(Duration span) {
        return time.monotonicNanos() + span.toNanos();
    }

    /** What is left until a time. */
    Duration until(long nanos) {
        return Duration.ofNanos(nanos - time.monotonicNanos());
    }

    /** Ends the waits of streams, those to come included. */
    void drain() {
        draining = true;
    }

    /**
     * The calling thread no longer waits.
     *
     * @return whether its time was up; the interrupt is taken back then
     */
    boolean disarm() {
        boolean late = own.get().end();
        if (late) {
            Thread.interrupted();
        }
        return late;
    }

    /** How many threads wait now. */
    int size() {
        return (int) watches.values().stream().filter(Watch::isArmed).count();
    }

    private void sweep() {
        long now = time.monotonicNanos();
        for (Watch watch : watches.values()) {
            watch.fireIfLate(now, draining);
        }
        watches.keySet().removeIf(thread -> !thread.isAlive());
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
