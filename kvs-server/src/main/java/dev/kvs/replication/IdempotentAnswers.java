package dev.kvs.replication;

import dev.kvs.model.KvsException;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was written for an {@code Idempotency-Key}, so that a request repeated after a lost answer, or because its
 * copies were not reached, writes nothing twice. A second request that arrives while the first is at work waits for it.
 * Refusals are not remembered: nothing was written, so the request may be tried again. In memory only; a restart forgets.
 */
final class IdempotentAnswers {
    /** Bounds the memory: about 30 MB when full. The oldest answers go first. */
    private static final int MAX_WRITES = 100_000;

    private final long windowNanos;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();

    /** By key, the oldest first. */
    private final LinkedHashMap<String, Answer> answers = new LinkedHashMap<>();

    private int writes;

    /** The first request's fingerprint and what it got. */
    private static final class Answer {
        private final String fingerprint;
        private final long since;
        private final CompletableFuture<List<Coordinator.Written>> written = new CompletableFuture<>();
        private int writes;

        private Answer(String fingerprint, long since) {
            this.fingerprint = fingerprint;
            this.since = since;
        }
    }

    IdempotentAnswers(long windowMillis, Time time) {
        this.windowNanos = TimeUnit.MILLISECONDS.toNanos(windowMillis);
        this.time = time;
    }

    /** Does the work, which throws only if it wrote nothing; or gives what the request wrote that did it before. */
    List<Coordinator.Written> once(
            WriteOptions.@Nullable Idempotency idempotency, Supplier<List<Coordinator.Written>> work) {
        if (idempotency == null) {
            return work.get();
        }
        Answer own = new Answer(idempotency.fingerprint(), time.monotonicNanos());
        Answer first = first(idempotency.key(), own);
        return first == own ? answer(idempotency.key(), own, work) : repeat(first, own);
    }

    private List<Coordinator.Written> answer(String key, Answer own, Supplier<List<Coordinator.Written>> work) {
        try {
            List<Coordinator.Written> written = work.get();
            own.written.complete(
                    written.stream().map(Coordinator.Written::withoutBody).toList());
            count(key, own, Math.max(1, written.size()));
            return written;
        } catch (RuntimeException | Error e) {
            forget(key, own);
            own.written.completeExceptionally(e);
            throw e;
        }
    }

    /** What is remembered under a key, which is the new answer if nothing was. */
    private Answer first(String key, Answer own) {
        lock.lock();
        try {
            while (!answers.isEmpty() && own.since - answers.firstEntry().getValue().since >= windowNanos) {
                forgetOldest();
            }
            Answer first = answers.putIfAbsent(key, own);
            return first == null ? own : first;
        } finally {
            lock.unlock();
        }
    }

    private void count(String key, Answer own, int written) {
        lock.lock();
        try {
            if (answers.get(key) == own) {
                own.writes = written;
                writes += written;
            }
            while (writes > MAX_WRITES) {
                forgetOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetOldest() {
        writes -= answers.pollFirstEntry().getValue().writes;
    }

    private void forget(String key, Answer own) {
        lock.lock();
        try {
            answers.remove(key, own);
        } finally {
            lock.unlock();
        }
    }

    private static List<Coordinator.Written> repeat(Answer first, Answer own) {
        if (!first.fingerprint.equals(own.fingerprint)) {
            throw new KvsException(
                    ErrorCode.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used for another request (method, path, query or body differ)."
                            + " Use a new key for a new request.");
        }
        try {
            return first.written.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KvsException refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}
