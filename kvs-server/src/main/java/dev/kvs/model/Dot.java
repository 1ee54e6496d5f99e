package dev.kvs.model;

import dev.kvs.platform.Check;

/**
 * One write of one store: the actor and its sequence number.
 *
 * @param store the data directory that made the write
 * @param sequence store-wide, gap-free, starting at 1
 */
public record Dot(StoreId store, long sequence) {
    public Dot {
        Check.that(sequence >= 1, "origin sequences start at 1", sequence);
    }
}
