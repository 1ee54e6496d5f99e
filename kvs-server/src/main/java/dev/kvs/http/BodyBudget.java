package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what the bodies of clients' requests hold in memory together: some hundred large ones at a time would be more than
 * any heap. A body waits unread until there is room for it, so that its client is held back by its own socket. Small ones are
 * free, because requests are counted as well.
 */
final class BodyBudget {
    /** A body up to this many bytes takes no room. */
    static final int FREE_BYTES = 16 << 10;

    /** How long a body waits for room: others are read, stored and answered meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Permits are counted in these, so that an int holds them. */
    private static final int UNIT_BYTES = 1 << 10;

    private final Semaphore room;

    /** A budget of so many bytes, at least that of the largest body. */
    BodyBudget(long bytes) {
        // In turn, or a large body would wait for ever while small ones slip past it.
        this.room = new Semaphore(units(bytes), true);
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }

    /** What one request has taken of a budget, until it has been answered. Used by one thread. */
    final class Lease implements AutoCloseable {
        private int taken;

        /** Takes room for a body of so many bytes, once a request; {@code overloaded} when there is none for too long. */
        void take(long bytes) {
            if (bytes <= FREE_BYTES) {
                return;
            }
            int wanted = units(bytes);
            if (!acquired(wanted)) {
                throw new KvsException(
                        ErrorCode.OVERLOADED,
                        "The bodies of other requests have taken all the memory that there is for them"
                                + " (max_body_memory). Send large bodies fewer at a time.");
            }
            taken = wanted;
        }

        private boolean acquired(int wanted) {
            try {
                return room.tryAcquire(wanted, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            room.release(taken);
            taken = 0;
        }
    }

    Lease lease() {
        return new Lease();
    }
}
