package dev.kvs.storage.table;

import dev.kvs.platform.Check;

/**
 * How much of what a query finds is read: a document may have a megabyte, so counting alone bounds nothing.
 *
 * @param versions at most so many, 1 or more
 * @param bytes at most so many by {@link dev.kvs.model.Version#footprint}, unless a single version has more
 */
public record ReadLimit(int versions, long bytes) {
    /** No limit, for what is in memory anyway. */
    public static final ReadLimit NONE = new ReadLimit(Integer.MAX_VALUE, Long.MAX_VALUE);

    public ReadLimit {
        Check.that(versions >= 1, "one is read at least", versions);
    }
}
