package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.storage.format.DamagedException;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** One narrow {@link CurrentRow} a key, in byte order of the keys: listings and ranges run here. */
final class CurrentTree {
    private final MVMap<byte[], byte[]> rows;
    private final LeafIndex leaves;

    CurrentTree(MVMap<byte[], byte[]> rows, LeafIndex leaves) {
        this.rows = rows;
        this.leaves = leaves;
    }

    byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    /** Rows from {@code start}, in byte order, or from {@code end} downwards; the caller stops at the other bound. */
    Cursor<byte[], byte[]> cursor(byte[] start, byte[] end, boolean reverse) {
        return reverse ? rows.cursor(end, start, true) : rows.cursor(start, end, false);
    }

    /** Writes the row of a key. A key that had none must also be {@link #index indexed}. */
    void put(byte[] key, CurrentRow row) {
        rows.put(key, row.encode());
    }

    /** Gives keys that are new here their places in the Merkle tree. */
    void index(List<Key> keys) {
        leaves.add(keys);
    }

    void remove(Key key) throws DamagedException {
        rows.remove(key.utf8());
        leaves.remove(key);
    }

    /** The keys whose hash begins with these 16 bits. */
    List<Key> leaf(int number) throws DamagedException {
        return leaves.keys(number);
    }
}
