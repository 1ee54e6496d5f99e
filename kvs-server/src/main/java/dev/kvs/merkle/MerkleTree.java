package dev.kvs.merkle;

import dev.kvs.platform.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The sum of all winners: 65,536 leaves under a 16-way tree of four levels. A leaf is the sum, modulo 2^64, of the digest
 * prefixes of its keys' winners; an inner node is the sum of its children. So the order of updates does not matter, one
 * update touches five numbers, and two trees are equal when they hold the same winners. 560 KB, whatever is stored.
 *
 * <p>Why 65,536 leaves: with a million keys 15 share one, so that a difference costs 16 digests a level and 15 entries.
 *
 * <p><b>Threads.</b> {@link #replace}, {@link #restore}, {@link #takeChangedPages} and {@link #markChanged} are called by one
 * thread at a time, under a lock of the caller's. Everything else may be called by any thread at any time, takes no lock and
 * sees every number whole; a reader that meets an update may see the leaf already and the root not yet, as if it had come a
 * moment earlier or later. A comparison can live with that: a difference counts only when its entries differ.
 */
public final class MerkleTree {
    public static final int LEAVES = 1 << 16;
    /** Children of an inner node. */
    public static final int FANOUT = 16;
    /** Levels below the root; the leaves are level 4, the root is level 0. */
    public static final int LEVELS = 4;
    /** The leaves are kept in pages of 256, because a checkpoint writes only what has changed. */
    public static final int PAGES = 256;

    private static final int FANOUT_BITS = 4;
    private static final int LEAVES_OF_PAGE = LEAVES / PAGES;
    /** Length of a page: 256 leaves of eight bytes, big-endian. */
    public static final int PAGE_BYTES = LEAVES_OF_PAGE * Long.BYTES;

    /** Level by level, the root first. Written by one thread at a time, so a plain read before the write is enough. */
    private final AtomicLongArray nodes = new AtomicLongArray(firstOf(LEVELS) + LEAVES);

    private final AtomicLong keys = new AtomicLong();
    private final BitSet changedPages = new BitSet(PAGES);

    /**
     * 256 leaves, as they are stored.
     *
     * @param index 0 to 255
     * @param leaves {@link #PAGE_BYTES} bytes; must not be changed
     */
    public record Page(int index, byte[] leaves) {
        public Page {
            Check.that(index >= 0 && index < PAGES, "a page has a number from 0 to 255", index);
            Check.that(leaves.length == PAGE_BYTES, "a page has 2,048 bytes", leaves.length);
        }
    }

    /** The leaf of a key: the first 16 bits of the SHA-256 of its UTF-8 bytes. */
    public static int leafOf(byte[] keyUtf8) {
        return KeyHash.of(keyUtf8).leaf();
    }

    /**
     * What a winner adds to its leaf: the first 64 bits of its digest, never 0, which stands for "no winner". The one digest
     * in 2^64 that begins so counts as 1.
     */
    public static long prefixOf(byte[] digest) {
        long prefix = ByteBuffer.wrap(digest).getLong();
        return prefix == 0 ? 1 : prefix;
    }

    /**
     * A key of this leaf has another winner.
     *
     * @param before the {@link #prefixOf} of what it was, 0 when there was none
     * @param now the prefix of what it is, 0 when there is none any more, or it is collectable
     */
    public void replace(int leaf, long before, long now) {
        Check.that(leaf >= 0 && leaf < LEAVES, "a leaf is 0 to 65,535", leaf);
        if (before == now) {
            return;
        }
        add(leaf, now - before);
        changedPages.set(leaf / LEAVES_OF_PAGE);
        count((now == 0 ? 0 : 1) - (before == 0 ? 0 : 1));
    }

    private void count(long more) {
        if (more != 0) {
            long counted = keys.getPlain() + more;
            Check.that(counted >= 0, "only keys that were added are taken away", counted);
            keys.setRelease(counted);
        }
    }

    /** From the leaf to the root, so that whoever sees a new root finds the new leaf below it. */
    private void add(int leaf, long difference) {
        int index = leaf;
        for (int level = LEVELS; level >= 0; level--) {
            int node = firstOf(level) + index;
            nodes.setRelease(node, nodes.getPlain(node) + difference);
            index >>= FANOUT_BITS;
        }
    }

    /** The sum of everything. */
    public long root() {
        return node(0, 0);
    }

    /** The digest of a node: level 0 (the root) to 4 (the leaves), and its place in the level. */
    public long node(int level, int index) {
        Check.that(index >= 0 && index < nodesOf(level), "a level has no more nodes", index);
        return nodes.getAcquire(firstOf(level) + index);
    }

    /** How many keys have a winner here. */
    public long keys() {
        return keys.getAcquire();
    }

    /** How many nodes a level has: 1, 16, 256, 4,096, 65,536. */
    static int nodesOf(int level) {
        return 1 << (FANOUT_BITS * level);
    }

    /** Where a level begins: after the 1 + 16 + ... nodes above it. */
    private static int firstOf(int level) {
        return (nodesOf(level) - 1) / (FANOUT - 1);
    }

    /** The pages that have changed since the last call, as they are now; they count as unchanged from here on. */
    public List<Page> takeChangedPages() {
        List<Page> pages = new ArrayList<>(changedPages.cardinality());
        changedPages.stream().forEach(index -> pages.add(page(index)));
        changedPages.clear();
        return pages;
    }

    /** Takes back a {@link #takeChangedPages} whose pages could not be stored. */
    public void markChanged(List<Page> pages) {
        pages.forEach(page -> changedPages.set(page.index()));
    }

    private Page page(int index) {
        ByteBuffer leaves = ByteBuffer.allocate(PAGE_BYTES);
        int first = firstOf(LEVELS) + index * LEAVES_OF_PAGE;
        for (int i = 0; i < LEAVES_OF_PAGE; i++) {
            leaves.putLong(nodes.getPlain(first + i));
        }
        return new Page(index, leaves.array());
    }

    /**
     * Fills an empty tree, as it stood when the pages were taken.
     *
     * @param pages at most one of each index; a page that is missing holds zeros
     * @param keys the {@link #keys()} of that moment
     */
    public void restore(List<Page> pages, long keys) {
        Check.that(keys() == 0 && root() == 0, "only an empty tree is restored");
        for (Page page : pages) {
            ByteBuffer leaves = ByteBuffer.wrap(page.leaves());
            for (int i = 0; i < LEAVES_OF_PAGE; i++) {
                add(page.index() * LEAVES_OF_PAGE + i, leaves.getLong());
            }
        }
        count(keys);
    }
}
