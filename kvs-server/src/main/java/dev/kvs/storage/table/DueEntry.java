package dev.kvs.storage.table;

import dev.kvs.model.Key;

/**
 * An appointment: at {@code atMillis} (since the epoch) this key's winner may have expired, or its tombstone may be
 * collected. Only a hint where to look; what happens is decided by the winner as it is then.
 */
public record DueEntry(long atMillis, Key key) {}
