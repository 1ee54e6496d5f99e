package dev.kvs.merkle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store of keys 0 to n-1, lean enough for a million: hashes and digests follow from the number, changes are noted. */
final class NumberedKeys implements LeafEntries {
    final MerkleTree tree = new MerkleTree();
    private final int[] byLeaf;
    private final int[] firstOfLeaf;
    /** Digests that are not what follows from the number; 0 for a key that is not there. */
    private final Map<Integer, Long> changed = new HashMap<>();

    NumberedKeys(int count) {
        firstOfLeaf = new int[MerkleTree.LEAVES + 1];
        for (int key = 0; key < count; key++) {
            firstOfLeaf[leaf(key) + 1]++;
            tree.replace(leaf(key), 0, digest(key));
        }
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            firstOfLeaf[leaf + 1] += firstOfLeaf[leaf];
        }
        byLeaf = new int[count];
        int[] next = firstOfLeaf.clone();
        for (int key = 0; key < count; key++) {
            byLeaf[next[leaf(key)]++] = key;
        }
    }

    /** Gives the key another winner; the same on every node that does it. */
    void change(int key) {
        set(key, mix(digest(key)) | 1);
    }

    void remove(int key) {
        set(key, 0);
    }

    private void set(int key, long digest) {
        tree.replace(leaf(key), changed.getOrDefault(key, digest(key)), digest);
        changed.put(key, digest);
    }

    @Override
    public List<LeafEntry> page(int leaf, long fromKeyHash, int limit) {
        List<LeafEntry> entries = new ArrayList<>();
        for (int i = firstOfLeaf[leaf]; i < firstOfLeaf[leaf + 1]; i++) {
            int key = byLeaf[i];
            long digest = changed.getOrDefault(key, digest(key));
            if (digest != 0 && Long.compareUnsigned(rest(key), fromKeyHash) >= 0) {
                entries.add(new LeafEntry(rest(key), digest, key));
            }
        }
        entries.sort(Comparator.comparing(LeafEntry::keyHash, Long::compareUnsigned));
        return entries.subList(0, Math.min(limit, entries.size()));
    }

    static KeyHash hash(int key) {
        return new KeyHash(leaf(key), rest(key));
    }

    private static int leaf(int key) {
        return (int) (mix(3L * key) >>> 48);
    }

    private static long rest(int key) {
        return mix(3L * key + 1);
    }

    private static long digest(int key) {
        return mix(3L * key + 2) | 1;
    }

    /** Spreads numbers over 64 bits, as SHA-256 would at greater cost: the finalizer of MurmurHash3. */
    static long mix(long number) {
        long mixed = number + 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
