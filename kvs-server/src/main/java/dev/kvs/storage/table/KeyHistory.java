package dev.kvs.storage.table;

import java.util.List;

/**
 * The kept revisions of a key.
 *
 * @param versions in arrival order; empty for a key that is not known
 * @param pruned whether older ones were removed
 */
public record KeyHistory(List<StoredVersion> versions, boolean pruned) {
    public static final KeyHistory UNKNOWN = new KeyHistory(List.of(), false);
}
