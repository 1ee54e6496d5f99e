package dev.kvs.storage;

import dev.kvs.platform.Check;
import dev.kvs.storage.table.TableSettings;

/**
 * The store's limits.
 *
 * @param memtableMaxBytes heap for versions that are not in the tables yet; a checkpoint begins at half of it, writers wait
 *     at all of it
 * @param walSegmentBytes length at which a log segment is followed by a new one
 * @param cacheMaxBytes heap for winners read from the tables
 * @param writeWaitMillis how long a writer waits for room before it is refused with {@code overloaded}
 * @param housekeepingMillis how long expired documents and old tombstones may stay at most before they are looked for
 * @param epochMillis what may be collected leaves the digest at multiples of this, so that nodes compare alike
 * @param tables the tables' own limits
 */
public record StoreSettings(
        long memtableMaxBytes,
        long walSegmentBytes,
        long cacheMaxBytes,
        long writeWaitMillis,
        long housekeepingMillis,
        long epochMillis,
        TableSettings tables) {
    public StoreSettings {
        Check.that(memtableMaxBytes >= 1 << 16, "the memtable has room", memtableMaxBytes);
        Check.that(walSegmentBytes >= 4096, "a log segment has room", walSegmentBytes);
        Check.that(cacheMaxBytes >= 0, "a cache has no negative size", cacheMaxBytes);
        Check.that(housekeepingMillis >= 1, "housekeeping rests between two rounds", housekeepingMillis);
        Check.that(epochMillis >= 1, "an epoch lasts", epochMillis);
        Check.that(writeWaitMillis >= 0, "a wait is not negative", writeWaitMillis);
    }

    /** The growth of the memtable at which a checkpoint begins. */
    long checkpointBytes() {
        return memtableMaxBytes / 2;
    }

    /** The last epoch before a moment, both in milliseconds since 1970. */
    long epochAt(long millis) {
        return Math.floorDiv(millis, epochMillis) * epochMillis;
    }
}
