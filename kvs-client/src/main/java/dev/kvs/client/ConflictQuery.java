package dev.kvs.client;

import dev.kvs.wire.ConflictPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which conflicts, and which page of them.
 *
 * @param key of this key alone; null for all
 * @param since those that grew at this moment or later; null for all
 * @param limit most entries in a page, 1 to {@link ConflictPage#LIMIT_MAX}
 * @param after the {@link ConflictPage#next} of the page before; null for the first
 */
public record ConflictQuery(
        @Nullable String key,
        @Nullable Instant since,
        int limit,
        @Nullable String after) {
    /** All of them. */
    public static final ConflictQuery ALL = new ConflictQuery(null, null, ConflictPage.LIMIT_DEFAULT, null);

    /** Throws {@link IllegalArgumentException} when the limit is out of its bounds. */
    public ConflictQuery {
        if (limit < 1 || limit > ConflictPage.LIMIT_MAX) {
            throw new IllegalArgumentException("a limit is 1 to " + ConflictPage.LIMIT_MAX + ", not " + limit);
        }
    }

    /** The conflicts of one key. */
    public static ConflictQuery of(String key) {
        return new ConflictQuery(key, null, ConflictPage.LIMIT_DEFAULT, null);
    }

    public ConflictQuery withSince(@Nullable Instant moment) {
        return new ConflictQuery(key, moment, limit, after);
    }

    public ConflictQuery withLimit(int entries) {
        return new ConflictQuery(key, since, entries, after);
    }

    public ConflictQuery withAfter(@Nullable String next) {
        return new ConflictQuery(key, since, limit, next);
    }
}
