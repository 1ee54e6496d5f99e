package dev.kvs.storage;

import dev.kvs.model.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The chains of a memtable generation in the order of their keys, sorted when somebody asks. A skip list would sort on
 * every first write of a key, under the log's lock, and took a tenth of the time of a PUT; scans and checkpoints are rarer
 * by orders of magnitude and pay here for what has come since the last one: a sort of the new and one merge.
 */
final class ChainOrder {
    private static final Comparator<Memtable.Chain> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.utf8(), b.utf8());

    private final Queue<Memtable.Chain> unsorted = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Memtable.Chain[] sorted = {};

    /** Adds a chain whose key is not here yet. */
    void add(Memtable.Chain chain) {
        unsorted.add(chain);
    }

    /** All chains added before the call, in byte order of their keys. The array is never changed. */
    private Memtable.Chain[] all() {
        lock.lock();
        try {
            if (!unsorted.isEmpty()) {
                sorted = merge(sorted, drain());
            }
            return sorted;
        } finally {
            lock.unlock();
        }
    }

    /** The chains with {@code from <= key < to}, in order. */
    List<Memtable.Chain> between(Key from, Key to) {
        Memtable.Chain[] all = all();
        return Arrays.asList(all).subList(indexOf(all, from), Math.max(indexOf(all, from), indexOf(all, to)));
    }

    /** Every chain, in order. */
    List<Memtable.Chain> inOrder() {
        return Arrays.asList(all());
    }

    private Memtable.Chain[] drain() {
        List<Memtable.Chain> fresh = new ArrayList<>();
        for (Memtable.Chain chain = unsorted.poll(); chain != null; chain = unsorted.poll()) {
            fresh.add(chain);
        }
        fresh.sort(BY_KEY);
        return fresh.toArray(Memtable.Chain[]::new);
    }

    private static Memtable.Chain[] merge(Memtable.Chain[] a, Memtable.Chain[] b) {
        Memtable.Chain[] merged = new Memtable.Chain[a.length + b.length];
        int i = 0;
        int j = 0;
        for (int k = 0; k < merged.length; k++) {
            boolean takeA = j == b.length || (i < a.length && BY_KEY.compare(a[i], b[j]) < 0);
            merged[k] = takeA ? a[i++] : b[j++];
        }
        return merged;
    }

    /** The first index whose key is not below {@code bound}. */
    private static int indexOf(Memtable.Chain[] chains, Key bound) {
        int low = 0;
        int high = chains.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chains[middle].key().compareTo(bound) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
