package dev.kvs.storage.table;

import dev.kvs.model.Conflict;
import dev.kvs.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint writes for one key.
 *
 * @param added the new kept revisions, in arrival order
 * @param pruned whether revisions between the old ones and these were dropped before they reached the tables
 * @param winner the key's winner over everything, new or old
 * @param conflict the key's conflict if it has one; the versions that it names are not pruned
 */
public record KeyChange(
        List<Version> added,
        boolean pruned,
        Version winner,
        @Nullable Conflict conflict) {}
