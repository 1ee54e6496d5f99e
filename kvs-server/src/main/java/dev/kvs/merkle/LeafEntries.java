package dev.kvs.merkle;

import java.util.List;

/**
 * What the leaves of a tree are the sums of. Implemented by whoever keeps the winners. Must list what the tree counts: a key
 * whose digest was taken out of the tree is not listed.
 */
@FunctionalInterface
public interface LeafEntries {
    /**
     * The entries of a leaf, in the unsigned order of their key hashes.
     *
     * @param leaf 0 to 65,535
     * @param fromKeyHash the first key hash wanted, unsigned; 0 for the first of the leaf
     * @param limit the most entries to give, at least 1; fewer mean that the leaf has no more
     */
    List<LeafEntry> page(int leaf, long fromKeyHash, int limit);
}
