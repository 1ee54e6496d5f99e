package dev.kvs.ctl.bench;

import dev.kvs.client.KvsClientException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Does something once for each number from 0 up, several at a time, and begins no more after the first failure. */
final class Sweep {
    private final int clients;
    private final BooleanSupplier goOn;
    private final AtomicReference<@Nullable KvsClientException> failure = new AtomicReference<>();

    /**
     * @param clients how many at a time
     * @param goOn asked before each
     */
    Sweep(int clients, BooleanSupplier goOn) {
        this.clients = clients;
        this.goOn = goOn;
    }

    /** Runs to the end; returns how many numbers were begun. See {@link #rethrow}. */
    int run(int count, IntConsumer action) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(clients, count); i++) {
                threads.execute(() -> work(next, count, action));
            }
        }
        return Math.min(count, next.get());
    }

    /** The first failure, if there was one, as an exception. */
    void rethrow() {
        KvsClientException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private void work(AtomicInteger next, int count, IntConsumer action) {
        while (goOn.getAsBoolean() && failure.get() == null) {
            int number = next.getAndIncrement();
            if (number >= count) {
                return;
            }
            try {
                action.accept(number);
            } catch (KvsClientException e) {
                failure.compareAndSet(null, e);
            }
        }
    }
}
