package dev.kvs.boot;

import dev.kvs.http.Meters;
import dev.kvs.storage.StorageMetrics;
import dev.kvs.storage.Store;
import io.helidon.metrics.api.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Connects what the store reports to the node's meters. */
final class StoreMeters implements StorageMetrics {
    private final Timer syncs;
    private final Timer checkpoints;
    private final LongAdder synced = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder tombstones = new LongAdder();
    private final LongAdder checkpointed = new LongAdder();

    StoreMeters(Meters meters) {
        syncs = meters.timer("kvs.wal.sync", "Time to write and sync one group of writes.");
        checkpoints = meters.timer("kvs.checkpoint", "Time of one checkpoint.");
        meters.counter("kvs.wal.versions", "Versions written to the log; with the syncs, the batch size.", synced::sum);
        meters.counter("kvs.checkpoint.versions", "Versions brought into the tables.", checkpointed::sum);
        meters.counter("kvs.cache.misses", "Reads that had to go to the tables.", misses::sum);
        meters.counter("kvs.expired", "Keys removed because they had expired.", expired::sum);
        meters.counter("kvs.tombstones.collected", "Tombstones removed after their retention.", tombstones::sum);
    }

    /** Publishes the store's own numbers. */
    static void publish(Store store, Meters meters) {
        meters.gauge(
                "kvs.memtable.bytes",
                "Heap of versions that are not in the tables yet.",
                () -> store.stats().memtableBytes());
        meters.gauge(
                "kvs.wal.bytes",
                "Length of all log segments.",
                () -> store.stats().logBytes());
        meters.gauge(
                "kvs.tables.bytes",
                "Length of the H2 file.",
                () -> store.stats().tableBytes());
        meters.gauge(
                "kvs.tables.fill",
                "Percentage of the H2 file's chunks that is live.",
                () -> store.stats().tableFillRate());
        meters.gauge(
                "kvs.cache.keys", "Documents in the cache.", () -> store.stats().cachedKeys());
        meters.gauge(
                "kvs.log.sequence",
                "Last log sequence that is durable.",
                () -> store.stats().synced());
        meters.gauge(
                "kvs.log.applied",
                "Last log sequence that is in the tables.",
                () -> store.stats().applied());
    }

    @Override
    public void logSynced(int versions, long nanos) {
        syncs.record(nanos, TimeUnit.NANOSECONDS);
        synced.add(versions);
    }

    @Override
    public void checkpointed(int versions, int keys, long nanos) {
        checkpoints.record(nanos, TimeUnit.NANOSECONDS);
        checkpointed.add(versions);
    }

    @Override
    public void cacheMissed() {
        misses.increment();
    }

    @Override
    public void collected(int expiredKeys, int collectedTombstones) {
        expired.add(expiredKeys);
        tombstones.add(collectedTombstones);
    }
}
