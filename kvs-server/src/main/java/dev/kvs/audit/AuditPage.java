package dev.kvs.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries, newest first.
 *
 * @param next the {@link AuditQuery#after} of the next page, which may have entries though this one is short or empty; null at
 *     the end
 */
public record AuditPage(List<Found> entries, @Nullable EntryPlace next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }

    /** An entry and the block that it stands in. */
    public record Found(AuditEntry entry, long block, EntryPlace place) {}
}
