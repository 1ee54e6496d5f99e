package dev.kvs.storage;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk still does what it promises. The first failed write, sync or checkpoint poisons the store for good: no
 * write is accepted any more, because after a failed sync nobody knows what is on the disk. Reads go on.
 */
public final class StorageFailure {
    private static final Logger LOG = LoggerFactory.getLogger(StorageFailure.class);

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** Poisons the store; only the first cause is kept. */
    void report(String doing, Throwable cause) {
        if (first.compareAndSet(null, cause)) {
            LOG.error("The storage failed while {}. The node is read-only until it is restarted.", doing, cause);
        }
    }

    /** Why the store is poisoned, null while it is well. */
    public @Nullable String reason() {
        Throwable cause = first.get();
        return cause == null ? null : String.valueOf(cause.getMessage());
    }

    /** Throws {@code storage_failed} when the store is poisoned. */
    void check() {
        if (first.get() != null) {
            throw refusal();
        }
    }

    /** What a caller is told whose request met the failure. */
    KvsException refusal() {
        return new KvsException(
                ErrorCode.STORAGE_FAILED,
                "The node's storage has failed (" + reason() + "). Nothing acknowledged is lost; a write that was"
                        + " under way may or may not be found after a restart."
                        + " Free or replace the disk and restart the node.");
    }
}
