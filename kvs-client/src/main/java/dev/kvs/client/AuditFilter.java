package dev.kvs.client;

import dev.kvs.wire.AuditEntries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log, and which page of them.
 *
 * @param since nothing older; null for all
 * @param actor by this actor alone; null for all
 * @param keyPrefix about keys that begin so; null for all
 * @param kind of this kind alone; null for all
 * @param limit most entries in a page, 1 to {@link AuditEntries#LIMIT_MAX}
 * @param after the {@link AuditEntries#next} of the page before; null for the first
 */
public record AuditFilter(
        @Nullable Instant since,
        @Nullable String actor,
        @Nullable String keyPrefix,
        @Nullable String kind,
        int limit,
        @Nullable String after) {
    /** All of them. */
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, AuditEntries.LIMIT_DEFAULT, null);

    /** Throws {@link IllegalArgumentException} when the limit is out of its bounds. */
    public AuditFilter {
        if (limit < 1 || limit > AuditEntries.LIMIT_MAX) {
            throw new IllegalArgumentException("a limit is 1 to " + AuditEntries.LIMIT_MAX + ", not " + limit);
        }
    }

    public AuditFilter withAfter(@Nullable String next) {
        return new AuditFilter(since, actor, keyPrefix, kind, limit, next);
    }
}
