package dev.kvs.wire;

import java.util.Locale;

/**
 * What can stand behind a key or prefix instead of a segment. No key segment begins with {@code _}, so the two never meet.
 */
public enum Operation {
    HISTORY,
    RESTORE,
    EXPLAIN,
    METADATA,
    LS,
    TREE,
    RANGE,
    WATCH,
    BATCH,
    EXPORT,
    IMPORT;

    /** The path segment, for example {@code _history}. */
    public String segment() {
        return "_" + name().toLowerCase(Locale.ROOT);
    }
}
