package dev.kvs.storage.table;

import dev.kvs.model.Version;

/**
 * A version and its place in this node's arrival order.
 *
 * @param seq the log sequence, from 1; also the primary key in the tables
 */
public record StoredVersion(long seq, Version version) {}
