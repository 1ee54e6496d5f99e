package dev.kvs.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which entries.
 *
 * @param since nothing older, milliseconds since the epoch
 * @param actor of this actor alone; null for all
 * @param keyPrefix about keys that begin so; null for all
 * @param kind of this kind alone; null for all
 * @param limit most entries, at least 1
 * @param after those before this place only; null for the newest
 */
public record AuditQuery(
        long since,
        @Nullable String actor,
        @Nullable String keyPrefix,
        @Nullable EventKind kind,
        int limit,
        @Nullable EntryPlace after) {
    boolean fits(AuditEntry entry) {
        return entry.millis() >= since
                && (actor == null || actor.equals(entry.actor()))
                && (keyPrefix == null || entry.key().startsWith(keyPrefix))
                && (kind == null || kind == entry.kind());
    }
}
