package dev.kvs.boot;

import dev.kvs.http.Histogram;
import dev.kvs.http.Meters;
import dev.kvs.storage.StorageMetrics;
import dev.kvs.storage.Store;
import java.util.concurrent.atomic.LongAdder;

/** Connects what the store reports to the node's meters. */
final class StoreMeters implements StorageMetrics {
    private final Histogram syncs;
    private final Histogram checkpoints;
    private final LongAdder synced = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder tombstones = new LongAdder();
    private final LongAdder checkpointed = new LongAdder();

    StoreMeters(Meters meters) {
        syncs = meters.histogram("kvs_wal_sync_seconds", "Time to write and sync one group of writes.");
        checkpoints = meters.histogram("kvs_checkpoint_seconds", "Time of one checkpoint.");
        meters.counter(
                "kvs_wal_versions_total", "Versions written to the log; with the syncs, the batch size.", synced::sum);
        meters.counter("kvs_checkpoint_versions_total", "Versions brought into the tables.", checkpointed::sum);
        meters.counter("kvs_cache_misses_total", "Reads that had to go to the tables.", misses::sum);
        meters.counter("kvs_expired_total", "Keys removed because they had expired.", expired::sum);
        meters.counter("kvs_tombstones_collected_total", "Tombstones removed after their retention.", tombstones::sum);
    }

    /** Publishes the store's own numbers. */
    static void publish(Store store, Meters meters) {
        meters.gauge(
                "kvs_memtable_bytes",
                "Heap of versions that are not in the tables yet.",
                () -> store.stats().memtableBytes());
        meters.gauge(
                "kvs_wal_bytes",
                "Length of all log segments.",
                () -> store.stats().logBytes());
        meters.gauge(
                "kvs_tables_bytes",
                "Length of the H2 file.",
                () -> store.stats().tableBytes());
        meters.gauge(
                "kvs_tables_fill_percent",
                "Percentage of the H2 file's chunks that is live.",
                () -> store.stats().tableFillRate());
        meters.gauge(
                "kvs_cache_keys", "Documents in the cache.", () -> store.stats().cachedKeys());
        meters.gauge(
                "kvs_log_sequence",
                "Last log sequence that is durable.",
                () -> store.stats().synced());
        meters.gauge(
                "kvs_log_applied",
                "Last log sequence that is in the tables.",
                () -> store.stats().applied());
    }

    @Override
    public void logSynced(int versions, long nanos) {
        syncs.record(nanos);
        synced.add(versions);
    }

    @Override
    public void checkpointed(int versions, int keys, long nanos) {
        checkpoints.record(nanos);
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
