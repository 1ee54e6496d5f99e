package dev.kvs.client;

import dev.kvs.wire.StreamedDocument;
import org.jspecify.annotations.Nullable;

/**
 * One event of a watch.
 *
 * @param id where to go on behind it, at any node
 * @param document what has happened; null for {@link Kind#RESYNC}
 */
public record WatchEvent(Kind kind, String id, @Nullable StreamedDocument document) {
    /** What an event says. */
    public enum Kind {
        /** A document was stored. */
        PUT,
        /** A key was deleted. */
        DELETE,
        /** Something that happened before is not kept any more: read again what is watched. */
        RESYNC
    }
}
