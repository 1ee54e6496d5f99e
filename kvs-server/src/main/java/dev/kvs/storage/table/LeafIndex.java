package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * The keys by their leaf in the Merkle tree, written when a key is new and not when it is written again: one row a leaf, with
 * the keys as length (varint) and bytes. The hash scatters new keys over all leaves, so a checkpoint touches each page whatever
 * it does; in the order of the leaves it touches it once.
 */
final class LeafIndex {
    /** A leaf is the first 16 of the 64 bits of a key's hash. */
    private static final int LEAF_SHIFT = 48;

    private final MVMap<Long, byte[]> leaves;

    LeafIndex(MVMap<Long, byte[]> leaves) {
        this.leaves = leaves;
    }

    private static long leafOf(Key key) {
        return key.hash() >>> LEAF_SHIFT;
    }

    /** A key and its leaf, so that each hash is computed once. */
    private record Placed(long leaf, Key key) {}

    /** Adds keys that are not here yet. */
    void add(List<Key> keys) {
        List<Placed> placed = new ArrayList<>(keys.size());
        for (Key key : keys) {
            placed.add(new Placed(leafOf(key), key));
        }
        placed.sort(Comparator.comparingLong(Placed::leaf));
        Encoder row = new Encoder(1024);
        for (int from = 0, to; from < placed.size(); from = to) {
            long leaf = placed.get(from).leaf;
            row.clear(1 << 16);
            byte[] before = leaves.get(leaf);
            if (before != null) {
                row.putBytes(before);
            }
            for (to = from; to < placed.size() && placed.get(to).leaf == leaf; to++) {
                row.putBlock(placed.get(to).key.utf8());
            }
            leaves.put(leaf, row.toByteArray());
        }
    }

    /** Takes a key away. */
    void remove(Key key) throws DamagedException {
        Encoder row = new Encoder(1024);
        for (Key other : keys(leafOf(key))) {
            if (!other.equals(key)) {
                row.putBlock(other.utf8());
            }
        }
        if (row.size() == 0) {
            leaves.remove(leafOf(key));
        } else {
            leaves.put(leafOf(key), row.toByteArray());
        }
    }

    /** The keys of a leaf. */
    List<Key> keys(long leaf) throws DamagedException {
        List<Key> keys = new ArrayList<>();
        byte[] row = leaves.get(leaf);
        if (row != null) {
            for (Decoder in = new Decoder(row); in.remaining() > 0; ) {
                keys.add(Key.ofStored(in.getBlock()));
            }
        }
        return keys;
    }
}
