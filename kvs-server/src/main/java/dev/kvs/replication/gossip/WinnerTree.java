package dev.kvs.replication.gossip;

import dev.kvs.merkle.KeyHash;
import dev.kvs.merkle.LeafEntries;
import dev.kvs.merkle.LeafEntry;
import dev.kvs.merkle.MerkleTree;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.storage.Feed;
import dev.kvs.storage.WinnerDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The Merkle trees over a store's winners, one a keyspace: follow the store, and list for a leaf what the tree adds up there.
 */
public final class WinnerTree implements WinnerDigest {
    /** A leaf is the first 16 of the 64 bits of {@link Key#hash}. */
    private static final int LEAF_SHIFT = 48;

    /** The page after a tree's own holds the number of its keys. */
    private static final int KEY_COUNT = MerkleTree.PAGES;

    /** Pages of one tree in the digest. That of the documents comes first, where it stood when it was the only one. */
    private static final int PAGES = KEY_COUNT + 1;

    private static final List<Keyspace> STORED = List.of(Keyspace.DOCUMENTS, Keyspace.SYSTEM);

    private final MerkleTree documents = new MerkleTree();
    private final MerkleTree system = new MerkleTree();

    /** The tree itself, for comparing. */
    MerkleTree tree(Keyspace keyspace) {
        return switch (keyspace) {
            case SYSTEM -> system;
            case DOCUMENTS -> documents;
        };
    }

    /** The sum of everything in a keyspace. */
    public long root(Keyspace keyspace) {
        return tree(keyspace).root();
    }

    /** The digest of a node of the tree: level 0, the root, to 4, and its place in the level. */
    public long node(Keyspace keyspace, int level, int index) {
        return tree(keyspace).node(level, index);
    }

    /** Keys that are counted. */
    public long keys(Keyspace keyspace) {
        return tree(keyspace).keys();
    }

    static int leafOf(Key key) {
        return (int) (key.hash() >>> LEAF_SHIFT);
    }

    @Override
    public void change(Key key, long removed, long added) {
        tree(key.keyspace()).replace(leafOf(key), removed, added);
    }

    @Override
    public List<Page> takeChanged() {
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < STORED.size(); i++) {
            MerkleTree tree = tree(STORED.get(i));
            int first = i * PAGES;
            List<MerkleTree.Page> changed = tree.takeChangedPages();
            changed.forEach(page -> pages.add(new Page(first + page.index(), page.leaves())));
            if (!changed.isEmpty()) {
                byte[] keys =
                        ByteBuffer.allocate(Long.BYTES).putLong(tree.keys()).array();
                pages.add(new Page(first + KEY_COUNT, keys));
            }
        }
        return pages;
    }

    @Override
    public void restore(List<Page> pages) {
        for (int i = 0; i < STORED.size(); i++) {
            restore(tree(STORED.get(i)), i * PAGES, pages);
        }
    }

    private static void restore(MerkleTree tree, int first, List<Page> pages) {
        long keys = 0;
        List<MerkleTree.Page> leaves = new ArrayList<>();
        for (Page page : pages) {
            int index = page.number() - first;
            if (index == KEY_COUNT) {
                keys = ByteBuffer.wrap(page.bytes()).getLong();
            } else if (index >= 0 && index < KEY_COUNT) {
                leaves.add(new MerkleTree.Page(index, page.bytes()));
            }
        }
        tree.restore(leaves, keys);
    }

    /** What the leaves of a keyspace's tree are the sums of, read from the store that this tree follows. */
    public static LeafEntries entriesOf(Feed feed, Keyspace keyspace) {
        return (leaf, from, limit) -> {
            List<LeafEntry> entries = new ArrayList<>();
            for (Key key : feed.keysIn(Set.of(leaf))) {
                long rest = KeyHash.of(key.utf8()).rest();
                boolean wanted = key.keyspace() == keyspace && Long.compareUnsigned(rest, from) >= 0;
                Version winner = wanted ? feed.winner(key) : null;
                if (winner != null && feed.isCounted(winner)) {
                    entries.add(new LeafEntry(rest, winner.digestPrefix(), winner.hlc()));
                }
            }
            entries.sort((a, b) -> Long.compareUnsigned(a.keyHash(), b.keyHash()));
            return entries.subList(0, Math.min(limit, entries.size()));
        };
    }
}
