package dev.kvs.replication.gossip;

import dev.kvs.merkle.KeyHash;
import dev.kvs.merkle.LeafEntries;
import dev.kvs.merkle.LeafEntry;
import dev.kvs.merkle.MerkleTree;
import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.storage.Feed;
import dev.kvs.storage.WinnerDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Merkle tree over a store's winners: follows the store, and lists for a leaf what the tree adds up there. */
public final class WinnerTree implements WinnerDigest {
    /** A leaf is the first 16 of the 64 bits of {@link Key#hash}. */
    private static final int LEAF_SHIFT = 48;

    /** The page after the tree's own holds the number of keys. */
    private static final int KEY_COUNT = MerkleTree.PAGES;

    private final MerkleTree tree = new MerkleTree();

    /** The tree itself, for comparing. */
    MerkleTree tree() {
        return tree;
    }

    /** The sum of everything. */
    public long root() {
        return tree.root();
    }

    /** The digest of a node of the tree: level 0, the root, to 4, and its place in the level. */
    public long node(int level, int index) {
        return tree.node(level, index);
    }

    /** Keys that are counted. */
    public long keys() {
        return tree.keys();
    }

    static int leafOf(Key key) {
        return (int) (key.hash() >>> LEAF_SHIFT);
    }

    @Override
    public void change(Key key, long removed, long added) {
        tree.replace(leafOf(key), removed, added);
    }

    @Override
    public List<Page> takeChanged() {
        List<Page> pages = new ArrayList<>();
        tree.takeChangedPages().forEach(page -> pages.add(new Page(page.index(), page.leaves())));
        if (!pages.isEmpty()) {
            pages.add(new Page(
                    KEY_COUNT,
                    ByteBuffer.allocate(Long.BYTES).putLong(tree.keys()).array()));
        }
        return pages;
    }

    @Override
    public void restore(List<Page> pages) {
        long keys = 0;
        List<MerkleTree.Page> leaves = new ArrayList<>();
        for (Page page : pages) {
            if (page.number() == KEY_COUNT) {
                keys = ByteBuffer.wrap(page.bytes()).getLong();
            } else {
                leaves.add(new MerkleTree.Page(page.number(), page.bytes()));
            }
        }
        tree.restore(leaves, keys);
    }

    /** What the leaves are the sums of, read from the store that this tree follows. */
    public static LeafEntries entriesOf(Feed feed) {
        return (leaf, from, limit) -> {
            List<LeafEntry> entries = new ArrayList<>();
            for (Version winner : feed.winnersIn(Set.of(leaf))) {
                long rest = KeyHash.of(winner.key().utf8()).rest();
                if (feed.isCounted(winner) && Long.compareUnsigned(rest, from) >= 0) {
                    entries.add(new LeafEntry(rest, winner.digestPrefix(), winner.hlc()));
                }
            }
            entries.sort((a, b) -> Long.compareUnsigned(a.keyHash(), b.keyHash()));
            return entries.subList(0, Math.min(limit, entries.size()));
        };
    }
}
