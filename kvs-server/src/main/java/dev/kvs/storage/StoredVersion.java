package dev.kvs.storage;

import dev.kvs.model.Version;

/**
 * A version in memory and its place in the log.
 *
 * @param seq the log sequence, from 1; readers see it once the log is synced up to here
 */
record StoredVersion(long seq, Version version) {}
