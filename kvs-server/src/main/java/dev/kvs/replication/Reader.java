package dev.kvs.replication;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.security.Rights;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is durable. Visible means: not deleted, not expired now. */
public interface Reader {
    /**
     * The same for one request of a caller: leaves out what he may not read, as if it did not exist. Looks at {@value
     * LocalReader#EXAMINED_MAX} values that he may not read at most; a page that needs more ends there, short.
     */
    Reader seenBy(Rights rights);

    /** The visible version of a key. */
    Optional<Version> get(Key key);

    /** One kept revision of a key, whatever its kind; its body is null when it was dropped at expiry. */
    Optional<Version> revision(Key key, UUID uuid);

    /** The value as of a moment, milliseconds since the epoch, from the revisions that are kept. */
    AsOf asOf(Key key, long millis);

    /** The kept revisions of a key, the winner first, then newest first; empty for a key never seen here. */
    List<Revision> history(Key key);

    /** Visible versions of a half-open key range in byte order. May be short of the limit and still have {@code next}. */
    default Page range(RangeQuery query) {
        return range(query, Long.MAX_VALUE);
    }

    /** The same, ending the page also when its documents have reached this many bytes; at least one is read. */
    Page range(RangeQuery query, long bytesMax);

    /** What happens to documents, as it happens. */
    Changes changes();

    /** The direct children of a directory; a null prefix is the root. */
    Children children(@Nullable Key prefix, @Nullable String after, int limit);

    /** Everything visible below a directory, to {@code depth} levels and {@code limit} nodes. */
    Tree tree(@Nullable Key prefix, int depth, int limit);

    /**
     * A value as of a moment.
     *
     * @param version what was visible then, if anything
     * @param complete false when older revisions have been pruned, so that a value may have been missed
     */
    record AsOf(Optional<Version> version, boolean complete) {}

    /**
     * One entry of a history.
     *
     * @param lostConflict whether it lost against a concurrent version
     */
    record Revision(Version version, boolean lostConflict) {}

    /**
     * What range of keys to read, and how.
     *
     * @param start inclusive, null for the first key
     * @param end exclusive, null for after the last key
     * @param after continue behind this key (in the scan's direction), null to begin
     * @param limit most versions to return, at least 1
     * @param reverse from the end towards the start
     */
    record RangeQuery(
            @Nullable Key start,
            @Nullable Key end,
            @Nullable Key after,
            int limit,
            boolean reverse) {}

    /**
     * One page of a range.
     *
     * @param versions in scan order
     * @param next where to continue ({@link RangeQuery#after}), null when the range is exhausted
     */
    record Page(List<Version> versions, @Nullable Key next) {}

    /**
     * One page of a directory.
     *
     * @param entries in byte order of their names
     * @param total visible children, at most {@link #TOTAL_EXACT_TO}
     * @param totalIsExact false when there are more than {@code total}
     * @param next where to continue: a child's name, a directory's with a slash, or a place inside one of which nothing
     *     has been found yet that the caller may read; null when there are no more
     */
    record Children(
            List<Child> entries,
            int total,
            boolean totalIsExact,
            @Nullable String next) {
        /** Children are counted this far; beyond, the count is a lower bound. */
        public static final int TOTAL_EXACT_TO = 10_000;
    }

    /**
     * One name in a directory.
     *
     * @param name the segment below the directory
     * @param version the visible version stored under exactly this name, null when it is only a directory
     * @param directory whether something visible lies below it
     */
    record Child(String name, @Nullable Version version, boolean directory) {}

    /**
     * What lies below a directory.
     *
     * @param roots the direct children
     * @param truncated whether depth or limit left something out
     */
    record Tree(List<TreeNode> roots, boolean truncated) {}

    /**
     * One name in a tree.
     *
     * @param version null when it is only a directory
     * @param children empty for a leaf, or where the depth ended
     */
    record TreeNode(String name, @Nullable Version version, List<TreeNode> children) {}
}
