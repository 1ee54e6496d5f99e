package dev.kvs.storage.table;

import dev.kvs.platform.Check;
import dev.kvs.storage.format.BodyCompression;

/**
 * What the tables need to know.
 *
 * @param cacheKib H2's page cache in KiB
 * @param readers queries at a time; further ones wait
 * @param historyMax kept revisions a key, the current one included, at least 1
 * @param tombstoneRetentionMillis how long a tombstone stays at least
 * @param compression of documents in the tables
 */
public record TableSettings(
        int cacheKib, int readers, int historyMax, long tombstoneRetentionMillis, BodyCompression compression) {
    public TableSettings {
        Check.that(readers >= 1, "somebody reads", readers);
        Check.that(historyMax >= 1, "the current revision is always kept", historyMax);
    }
}
