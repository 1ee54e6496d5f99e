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
    private final Map<Thread, Armed> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper;

    /** One wait. All fields are guarded by the object's own lock. */
    private static final class Armed {
        private final Thread thread;
        private final long untilNanos;
        private boolean fired;
        private boolean over;

        private Armed(Thread thread, long untilNanos) {
            this.thread = thread;
            this.untilNanos = untilNanos;
        }

        private synchronized void fire() {
            if (!over && !fired) {
                fired = true;
                thread.interrupt();
            }
        }

        private synchronized boolean end() {
            over = true;
            return fired;
        }
    }

    Deadlines(Time time) {
        this.time = time;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("kvs-http-deadlines").factory());
        var _ = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The calling thread is going to wait for at most this long; replaces a deadline it has. */
    void arm(Duration atMost) {
        Thread thread = Thread.currentThread();
        waiting.put(thread, new Armed(thread, time.monotonicNanos() + atMost.toNanos()));
    }

    /**
     * The calling thread no longer waits.
     *
     * @return whether its time was up; the interrupt is taken back then
     */
    boolean disarm() {
        Armed armed = waiting.remove(Thread.currentThread());
        if (armed == null || !armed.end()) {
            return false;
        }
        Thread.interrupted();
        return true;
    }

    /** How many threads wait now. */
    int size() {
        return waiting.size();
    }

    private void sweep() {
        long now = time.monotonicNanos();
        for (Armed armed : waiting.values()) {
            if (armed.untilNanos - now <= 0) {
                armed.fire();
            }
        }
        waiting.keySet().removeIf(thread -> !thread.isAlive());
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
