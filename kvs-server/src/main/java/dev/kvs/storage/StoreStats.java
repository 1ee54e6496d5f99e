package dev.kvs.storage;

/**
 * The store's state at one moment, for metrics and health.
 *
 * @param synced last log sequence that is durable
 * @param applied last log sequence that is in the tables
 * @param memtableBytes estimated heap of versions not yet in the tables
 * @param logBytes length of all log segments
 * @param tableBytes length of the H2 file
 * @param tableFillRate percentage of the H2 file's chunks that is live
 * @param cachedKeys winners in the cache
 */
public record StoreStats(
        long synced,
        long applied,
        long memtableBytes,
        long logBytes,
        long tableBytes,
        int tableFillRate,
        long cachedKeys) {}
