package dev.kvs.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log.
 *
 * @param millis when it happened, milliseconds since the epoch
 * @param actor who did it; empty for the node itself
 * @param key the key concerned, without the mark of the system keyspace; empty for none
 * @param uuid the version written, or what else the kind says
 * @param digest of the version written, or what else the kind says
 * @param detail for people; empty for none
 */
public record AuditEntry(
        EventKind kind,
        long millis,
        String actor,
        String key,
        @Nullable UUID uuid,
        @Nullable Hash digest,
        String detail) {
    /** Most bytes of an actor's name that are kept. */
    public static final int ACTOR_BYTES_MAX = 255;

    /** Most bytes of a detail that are kept: what a stranger can make the log hold is bounded. */
    public static final int DETAIL_BYTES_MAX = 1_024;

    /** An event that concerns no version. */
    public static AuditEntry event(EventKind kind, long millis, String actor, String detail) {
        return new AuditEntry(kind, millis, actor, "", null, null, detail);
    }

    /** The bytes that stand for it in the write-ahead log and in a block. */
    public byte[] encode() {
        EntryWriter writer = new EntryWriter(0);
        writer.add(this);
        return writer.entries();
    }
}
