package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.model.Kind;

/**
 * A row of {@code current} without its history: enough to list a key.
 *
 * @param winner the winner's place in {@code versions}
 * @param hlc the winner's timestamp
 * @param expiresAt milliseconds since the epoch, {@link dev.kvs.model.Version#NEVER}, or {@link #DROPPED}
 */
public record KeyRow(Key key, long winner, long hlc, Kind kind, long expiresAt) {
    /** The document is gone: hidden also from a clock that has gone back to before it expired. */
    static final long DROPPED = 0;

    /** Whether a reader at {@code nowMillis} sees a document. */
    public boolean isLiveAt(long nowMillis) {
        return kind != Kind.TOMBSTONE && expiresAt > nowMillis;
    }
}
