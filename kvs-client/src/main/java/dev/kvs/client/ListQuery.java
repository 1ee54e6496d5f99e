package dev.kvs.client;

import dev.kvs.wire.Children;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a listing.
 *
 * @param limit most entries, 1 to {@link Children#LIMIT_MAX}
 * @param after the {@link Children#next} of the page before; null for the first
 * @param includeMetadata whether entries carry uuid, size, origin and expiry
 */
public record ListQuery(int limit, @Nullable String after, boolean includeMetadata) {
    /** The first page, of the usual size, names and times only. */
    public static final ListQuery FIRST = new ListQuery(Children.LIMIT_DEFAULT, null, false);

    /** Throws {@link IllegalArgumentException} when the limit is out of its bounds. */
    public ListQuery {
        if (limit < 1 || limit > Children.LIMIT_MAX) {
            throw new IllegalArgumentException("a limit is 1 to " + Children.LIMIT_MAX + ", not " + limit);
        }
    }

    public ListQuery withLimit(int entries) {
        return new ListQuery(entries, after, includeMetadata);
    }

    public ListQuery withAfter(@Nullable String next) {
        return new ListQuery(limit, next, includeMetadata);
    }

    public ListQuery withMetadata() {
        return new ListQuery(limit, after, true);
    }
}
