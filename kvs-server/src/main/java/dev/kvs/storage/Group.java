package dev.kvs.storage;

import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The writers that share one frame of the log. It is filled under the log's lock and then written by one thread. */
final class Group {
    /**
     * A group that has gathered so much takes no more writers: enough to keep a disk busy between two syncs. With the largest
     * append on top, a batch request of {@code batch_max_bytes}, a frame stays below what {@code dev.kvs.storage.log} takes.
     */
    static final long BYTES_MAX = 32 << 20;

    private final StorageFailure failure;
    private final Runnable driver;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Version> systemWinners = new ArrayList<>();
    private final CompletableFuture<Boolean> synced = new CompletableFuture<>();
    private final CompletableFuture<Boolean> told = new CompletableFuture<>();
    private long first;
    private long bytes;
    private @Nullable Position end;

    /**
     * An empty group.
     *
     * @param driver run by whoever waits for it before it is synced
     */
    Group(StorageFailure failure, Runnable driver) {
        this.failure = failure;
        this.driver = driver;
    }

    /** What recovery brought into the memtable: it came from the synced log, and the trail was told of it. */
    static Group recovered(StorageFailure failure) {
        Group group = new Group(failure, () -> {});
        group.nowSynced();
        group.nowTold();
        return group;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Adds what has this log sequence; the sequences of a group have no gaps. */
    void add(LogEntry entry, long seq) {
        if (entries.isEmpty()) {
            first = seq;
        }
        entries.add(entry);
    }

    /** Takes note of a version in it. */
    void weigh(Version version) {
        bytes += version.footprint();
    }

    boolean isFull() {
        return bytes >= BYTES_MAX;
    }

    void endAt(Position position) {
        end = position;
    }

    List<LogEntry> entries() {
        return entries;
    }

    /** Winners of system keys among them, in their order. */
    List<Version> systemWinners() {
        return systemWinners;
    }

    /** The log sequence of the first entry. */
    long first() {
        return first;
    }

    /** Where the log stands behind the last entry. */
    Position end() {
        return Check.present(end, "a group that was appended has an end");
    }

    /** The frame is durable: wakes the writers. */
    void nowSynced() {
        synced.complete(true);
    }

    /** The trail was told, or will not be before a restart. */
    void nowTold() {
        told.complete(true);
    }

    void failed(Throwable cause) {
        synced.completeExceptionally(cause);
    }

    /** Blocks until the frame is synced; throws {@code storage_failed} when it was not. */
    void await() {
        if (!synced.isDone()) {
            driver.run();
        }
        try {
            synced.join();
        } catch (CompletionException e) {
            throw failure.refusal();
        }
    }

    /** Blocks until the trail was told of what the frame says, or could not be told. */
    void awaitTold() {
        if (!told.isDone()) {
            driver.run();
        }
        told.join();
    }
}
