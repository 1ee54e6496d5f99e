package dev.kvs.storage;

import dev.kvs.model.Version;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The versions of one store in a memtable generation, by their sequence there: what the push streams read. Nearly always they
 * arrive in that order and only an array grows; what a Merkle comparison brings out of order is kept aside.
 *
 * <p>One writer, under the log's lock; readers need none.
 */
final class OriginRun {
    private volatile StoredVersion[] inOrder = new StoredVersion[16];
    private volatile int size;
    private final NavigableMap<Long, StoredVersion> strays = new ConcurrentSkipListMap<>();

    void add(StoredVersion stored) {
        int count = size;
        long sequence = stored.version().sequence();
        if (count > 0 && inOrder[count - 1].version().sequence() >= sequence) {
            strays.put(sequence, stored);
            return;
        }
        StoredVersion[] array = inOrder;
        if (count == array.length) {
            array = Arrays.copyOf(array, 2 * count);
            inOrder = array;
        }
        array[count] = stored;
        // Published last: a reader that sees the new size sees the array and its element too.
        size = count + 1;
    }

    /**
     * What counts as durable.
     *
     * @param seq the last log sequence that is synced
     * @param known the origin sequence up to which all is durable here: what was held back until just now is in the log
     *     already, although its way into the key space is not yet synced
     */
    record Reach(long seq, long known) {
        static final Reach ALL = new Reach(Long.MAX_VALUE, Long.MAX_VALUE);

        private boolean covers(StoredVersion stored) {
            return stored.seq() <= seq || stored.version().sequence() <= known;
        }
    }

    /** Adds to {@code found} what is durable and has {@code after < sequence <= through}, the first {@code limit} of it. */
    void collect(long after, long through, int limit, Reach reach, NavigableMap<Long, Version> found) {
        int count = size;
        StoredVersion[] array = inOrder;
        int taken = 0;
        for (int i = firstAfter(array, count, after); i < count && taken < limit; i++) {
            Version version = array[i].version();
            if (version.sequence() > through) {
                break;
            }
            if (reach.covers(array[i])) {
                found.put(version.sequence(), version);
                taken++;
            }
        }
        for (StoredVersion stray : strays.subMap(after, false, through, true).values()) {
            if (reach.covers(stray)) {
                found.put(stray.version().sequence(), stray.version());
            }
        }
    }

    /** Whether the version with this sequence is here, synced or not. */
    boolean holds(long sequence) {
        int count = size;
        StoredVersion[] array = inOrder;
        int at = firstAfter(array, count, sequence - 1);
        return (at < count && array[at].version().sequence() == sequence) || strays.containsKey(sequence);
    }

    private static int firstAfter(StoredVersion[] array, int count, long sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (array[middle].version().sequence() <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
