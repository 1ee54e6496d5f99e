package dev.kvs.replication;

import dev.kvs.model.Key;
import java.util.Collection;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One lock a key, out of a fixed number: two writers of one key take turns, writers of different keys hardly ever meet.
 * What happens under a stripe is short and does no IO but a read.
 */
public final class Stripes {
    /** With 64 writers at once, two of different keys share one of these in 6 % of cases, and wait a few microseconds. */
    private static final int COUNT = 1024;

    private final Lock[] locks = new Lock[COUNT];

    public Stripes() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Does the work while holding the stripe of one key. */
    public <T> T holding(Key key, Supplier<T> work) {
        Lock lock = locks[indexOf(key)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does the work while holding several keys' stripes, taken in one order by all, so that batches never wait in a ring. */
    public <T> T holdingAll(Collection<Key> keys, Supplier<T> work) {
        int[] indexes =
                keys.stream().mapToInt(Stripes::indexOf).distinct().sorted().toArray();
        int taken = 0;
        try {
            while (taken < indexes.length) {
                locks[indexes[taken]].lock();
                taken++;
            }
            return work.get();
        } finally {
            while (taken > 0) {
                locks[indexes[--taken]].unlock();
            }
        }
    }

    private static int indexOf(Key key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }
}
