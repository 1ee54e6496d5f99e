package dev.kvs.storage.table;

import dev.kvs.model.Version;

/**
 * A version and where it stands in the tables.
 *
 * @param place where its origin and its sequence have put it; stays the same in one data directory
 */
public record PlacedVersion(long place, Version version) {}
