package dev.kvs.storage.table;

import dev.kvs.model.StoreId;

/**
 * What the tables say about themselves; written in every checkpoint's own transaction.
 *
 * @param store the identity of this data directory
 * @param applied the last log sequence that is in the tables, 0 at first
 * @param sequence the last origin sequence this store gave, 0 at first
 * @param hlc the highest timestamp in the tables
 * @param epoch what could be collected by then (milliseconds since the epoch) is left out of the digest's pages
 * @param tombstoneRetentionMillis the retention of tombstones that the digest and the agenda were written by
 */
public record Meta(StoreId store, long applied, long sequence, long hlc, long epoch, long tombstoneRetentionMillis) {
    /** The same once digest and agenda are by another retention. */
    public Meta withTombstoneRetention(long millis) {
        return new Meta(store, applied, sequence, hlc, epoch, millis);
    }
}
