package dev.kvs.merkle;

import dev.kvs.platform.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares part of a leaf, given as the other side's entries, with what this node has there: a merge of two ordered lists, of
 * which the local one is read in pages, so that a leaf of any size fits into memory.
 */
final class LeafComparison {
    /** Local entries held at a time: 100 KB. */
    private static final int PAGE = 4096;

    private final LeafEntries entries;
    private final Differences.Collected found;

    LeafComparison(LeafEntries entries, Differences.Collected found) {
        this.entries = entries;
        this.found = found;
    }

    /**
     * Compares the key hashes {@code from} to {@code last}, both included and unsigned, until the differences are too many.
     *
     * @param there the other side's entries of this range, all of them
     */
    void compare(int leaf, long from, long last, List<LeafEntry> there) {
        Cursor local = new LocalCursor(leaf, from, last);
        Cursor remote = new Cursor(there);
        while (!found.isFull()) {
            LeafEntry here = local.peek();
            LeafEntry other = remote.peek();
            if (here == null && other == null) {
                return;
            }
            if (other == null || (here != null && Long.compareUnsigned(here.keyHash(), other.keyHash()) < 0)) {
                found.onlyHere(new KeyHash(leaf, local.takeHash().keyHash));
            } else if (here == null || here.keyHash() != other.keyHash()) {
                found.onlyThere(new KeyHash(leaf, remote.takeHash().keyHash));
            } else {
                compare(leaf, local.takeHash(), remote.takeHash());
            }
        }
    }

    private void compare(int leaf, SameHash here, SameHash there) {
        if (here.count != there.count || here.digests != there.digests) {
            found.rivals(new Differences.Rivals(new KeyHash(leaf, here.keyHash), here.hlc, there.hlc));
        }
    }

    /** All entries of one key hash: nearly always one. */
    private static final class SameHash {
        private final long keyHash;
        private int count;
        private long digests;
        private long hlc;

        SameHash(long keyHash) {
            this.keyHash = keyHash;
        }

        void add(LeafEntry entry) {
            count++;
            digests += entry.digest();
            hlc = Math.max(hlc, entry.hlc());
        }
    }

    /** A place in an ordered list. */
    private static class Cursor {
        private List<LeafEntry> list;
        private int next;

        Cursor(List<LeafEntry> list) {
            this.list = list;
        }

        @Nullable
        LeafEntry peek() {
            if (next == list.size()) {
                list = following();
                next = 0;
            }
            return list.isEmpty() ? null : list.get(next);
        }

        /** The entries behind the last one; none for a list that was given whole. */
        List<LeafEntry> following() {
            return List.of();
        }

        SameHash takeHash() {
            LeafEntry first = Check.present(peek(), "an entry was seen before it is taken");
            SameHash taken = new SameHash(first.keyHash());
            for (LeafEntry entry = first; entry != null && entry.keyHash() == taken.keyHash; entry = peek()) {
                taken.add(entry);
                next++;
            }
            return taken;
        }
    }

    /** This node's entries of a range, page by page. */
    private final class LocalCursor extends Cursor {
        private final int leaf;
        private final long last;
        private long from;
        private boolean ended;

        LocalCursor(int leaf, long from, long last) {
            super(List.of());
            this.leaf = leaf;
            this.from = from;
            this.last = last;
        }

        @Override
        List<LeafEntry> following() {
            if (ended) {
                return List.of();
            }
            List<LeafEntry> page = entries.page(leaf, from, PAGE);
            ended = page.size() < PAGE || page.getLast().keyHash() == -1;
            if (!ended) {
                // A hash that the page's end may have parted is read again as a whole.
                long begun = page.getLast().keyHash();
                page = page.stream().filter(entry -> entry.keyHash() != begun).toList();
                Check.that(!page.isEmpty(), "no key hash fills a page", leaf);
                from = begun;
            }
            return within(page);
        }

        private List<LeafEntry> within(List<LeafEntry> page) {
            if (page.isEmpty() || Long.compareUnsigned(page.getLast().keyHash(), last) <= 0) {
                return page;
            }
            ended = true;
            return page.stream()
                    .filter(entry -> Long.compareUnsigned(entry.keyHash(), last) <= 0)
                    .toList();
        }
    }
}
