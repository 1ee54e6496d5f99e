package dev.kvs.storage.table;

import dev.kvs.model.Version;
import java.util.Comparator;

/**
 * A version and where it stands in the tables.
 *
 * @param place where its origin and its sequence have put it; stays the same in one data directory
 */
public record PlacedVersion(long place, Version version) {
    /** By time, and versions of one time by place, both downwards. */
    static final Comparator<PlacedVersion> NEWEST_FIRST = Comparator.<PlacedVersion>comparingLong(
                    placed -> placed.version().hlc())
            .thenComparingLong(PlacedVersion::place)
            .reversed();
}
