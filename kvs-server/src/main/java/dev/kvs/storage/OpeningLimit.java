package dev.kvs.storage;

import dev.kvs.storage.format.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a store may take to open before the start is given up: some disks stop answering instead of failing, and a
 * damaged H2 file has been seen to keep H2 busy for ever. The opening runs on a thread of its own, {@code kvs-open}; one
 * that is given up is left behind, and closes what it opens after all.
 *
 * @param leastMillis for any store
 * @param bytesPerSecond the store's files, read once at this speed, may take as long again
 */
record OpeningLimit(long leastMillis, long bytesPerSecond) {
    private static final Logger LOG = LoggerFactory.getLogger(OpeningLimit.class);

    /**
     * A million documents open within 10 s after {@code kill -9}, most of it spent on the log; a minute is far from that
     * and still within a person's patience. 10 MB/s is what a worn disk or a throttled volume reads at.
     */
    static final OpeningLimit USUAL = new OpeningLimit(60_000, 10_000_000);

    /** What is opened. */
    @FunctionalInterface
    interface Opening<T> {
        T run() throws IOException;
    }

    /**
     * Opens within the limit.
     *
     * @param bytes tells how much there is to read; it may hang as well as the opening itself
     * @param opening runs on the other thread; what it wrote is visible here when this returns
     * @throws DamagedException when the time is up
     */
    <T extends Closeable> T open(Opening<Long> bytes, Opening<T> opening) throws IOException {
        long toRead = within(leastMillis, "asking how long its files are", new Attempt<>(bytes));
        return within(leastMillis + toRead * 1_000 / bytesPerSecond, "opening", new Attempt<>(opening));
    }

    private static <T> T within(long millis, String doing, Attempt<T> attempt) throws IOException {
        Thread.ofPlatform().name("kvs-open").daemon().start(attempt);
        try {
            return attempt.outcome.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw attempt.abandoned(new DamagedException(
                    "The store was not done with " + doing + " after " + millis + " ms, so the start is given up."
                            + " Nothing acknowledged is lost by that. See whether the disk answers (dmesg, iostat);"
                            + " if it does, restore this node from a backup or its peers.",
                    e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException("interrupted while the store was opening");
            interrupted.initCause(e);
            throw attempt.abandoned(interrupted);
        } catch (ExecutionException e) {
            throw attempt.failure(e);
        }
    }

    /** Runs once; what it throws is thrown again, as it is, where it is waited for. */
    private record Attempt<T>(Opening<T> opening, CompletableFuture<T> outcome) implements Runnable {
        Attempt(Opening<T> opening) {
            this(opening, new CompletableFuture<>());
        }

        @Override
        public void run() {
            try {
                T opened = opening.run();
                if (!outcome.complete(opened)) {
                    closeLate(opened);
                }
            } catch (IOException | RuntimeException | Error e) {
                if (!outcome.completeExceptionally(e)) {
                    LOG.warn("A store whose opening was given up could not be opened at all.", e);
                }
            }
        }

        /** What opens from now on, or has opened in the last moment, is closed. */
        IOException abandoned(IOException why) {
            if (!outcome.completeExceptionally(why) && outcome.state() == Future.State.SUCCESS) {
                closeLate(outcome.resultNow());
            }
            return why;
        }

        private static void closeLate(Object opened) {
            if (opened instanceof Closeable late) {
                try {
                    late.close();
                } catch (IOException e) {
                    LOG.warn("A store that opened too late could not be closed.", e);
                }
            }
        }

        IOException failure(ExecutionException e) {
            return switch (e.getCause()) {
                case IOException io -> io;
                case RuntimeException wrong -> throw wrong;
                case Error wrong -> throw wrong;
                case null, default -> new IOException(e);
            };
        }
    }
}
