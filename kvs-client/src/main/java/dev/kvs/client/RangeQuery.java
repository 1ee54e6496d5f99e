package dev.kvs.client;

import dev.kvs.wire.RangePage;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of keys in byte order, and which page of it.
 *
 * @param startKey first key, inclusive; null for the very first
 * @param endKey exclusive; null for behind the last
 * @param limit most entries in a page, 1 to {@link RangePage#LIMIT_MAX}
 * @param after the {@link RangePage#next} of the page before; null for the first
 * @param keysOnly whether documents are left out
 * @param reverse whether to walk from the end towards the start
 */
public record RangeQuery(
        @Nullable String startKey,
        @Nullable String endKey,
        int limit,
        @Nullable String after,
        boolean keysOnly,
        boolean reverse) {
    /** Every key with its document. */
    public static final RangeQuery ALL = new RangeQuery(null, null, RangePage.LIMIT_DEFAULT, null, false, false);

    /** Throws {@link IllegalArgumentException} when the limit is out of its bounds. */
    public RangeQuery {
        if (limit < 1 || limit > RangePage.LIMIT_MAX) {
            throw new IllegalArgumentException("a limit is 1 to " + RangePage.LIMIT_MAX + ", not " + limit);
        }
    }

    /** The keys from {@code startKey} up to, but without, {@code endKey}. */
    public static RangeQuery between(String startKey, String endKey) {
        return new RangeQuery(startKey, endKey, RangePage.LIMIT_DEFAULT, null, false, false);
    }

    /** All keys below a prefix, at any depth: {@code '0'} is the character after {@code '/'}. */
    public static RangeQuery below(String prefix) {
        return prefix.isEmpty() ? ALL : between(prefix + "/", prefix + "0");
    }

    public RangeQuery withLimit(int entries) {
        return new RangeQuery(startKey, endKey, entries, after, keysOnly, reverse);
    }

    public RangeQuery withAfter(@Nullable String next) {
        return new RangeQuery(startKey, endKey, limit, next, keysOnly, reverse);
    }

    public RangeQuery withKeysOnly() {
        return new RangeQuery(startKey, endKey, limit, after, true, reverse);
    }

    public RangeQuery reversed() {
        return new RangeQuery(startKey, endKey, limit, after, keysOnly, !reverse);
    }
}
