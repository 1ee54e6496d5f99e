package dev.kvs.replication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kvs.model.KvsException;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was written for an {@code Idempotency-Key}, so that a request repeated after a lost answer, or because its
 * copies were not reached, writes nothing twice. A second request that arrives while the first is at work waits for it.
 * Refusals are not remembered: nothing was written, so the request may be tried again. In memory only; a restart forgets.
 */
final class IdempotentAnswers {
    /** Bounds the memory: about 30 MB when full. The oldest answers go first. */
    private static final int MAX_ANSWERS = 100_000;

    private final Cache<String, Answer> answers;

    /** The first request's fingerprint and what it got. */
    private record Answer(String fingerprint, CompletableFuture<List<Coordinator.Written>> written) {}

    IdempotentAnswers(long windowMillis, Time time) {
        this.answers = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMillis(windowMillis))
                .maximumSize(MAX_ANSWERS)
                .ticker(time::monotonicNanos)
                .executor(Runnable::run)
                .build();
    }

    /** Does the work, which throws only if it wrote nothing; or gives what the request wrote that did it before. */
    List<Coordinator.Written> once(
            WriteOptions.@Nullable Idempotency idempotency, Supplier<List<Coordinator.Written>> work) {
        if (idempotency == null) {
            return work.get();
        }
        Answer own = new Answer(idempotency.fingerprint(), new CompletableFuture<>());
        Answer first = answers.asMap().putIfAbsent(idempotency.key(), own);
        return first == null ? answer(idempotency.key(), own, work) : repeat(first, own);
    }

    private List<Coordinator.Written> answer(String key, Answer own, Supplier<List<Coordinator.Written>> work) {
        try {
            List<Coordinator.Written> written = work.get();
            own.written.complete(
                    written.stream().map(Coordinator.Written::withoutBody).toList());
            return written;
        } catch (RuntimeException | Error e) {
            answers.asMap().remove(key, own);
            own.written.completeExceptionally(e);
            throw e;
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
