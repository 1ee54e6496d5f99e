package dev.kvs.peer.session;

import java.util.Arrays;

/**
 * Which counters have been seen: a ring of bits behind the highest one. Each is accepted once, in any order, as long as it is
 * not further behind than the window. Safe for concurrent use.
 *
 * <p>Source: RFC 6479.
 */
final class ReplayWindow {
    /**
     * How far a call may be behind the newest: what a few thousand small calls a second overtake while one of several
     * mebibytes is under way. 1 KB a session.
     */
    static final int SIZE = 8192;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest;

    /** Takes a counter; false when it was taken before, is too far behind, or is no counter: they begin at 1. */
    synchronized boolean accept(long counter) {
        if (!isNew(counter)) {
            return false;
        }
        forget(counter);
        highest = Math.max(highest, counter);
        seen[word(counter)] |= bit(counter);
        return true;
    }

    /** Whether {@link #accept} would take it. */
    synchronized boolean isNew(long counter) {
        return counter > highest
                || (counter > 0 && counter > highest - SIZE && (seen[word(counter)] & bit(counter)) == 0);
    }

    /** Makes room for a new highest counter: clears the places of those that it skips, which now stand for later ones. */
    private void forget(long counter) {
        long skipped = counter - highest;
        if (skipped >= SIZE) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long back = 0; back < skipped; back++) {
            seen[word(counter - back)] &= ~bit(counter - back);
        }
    }

    private static int word(long counter) {
        return (int) (counter % SIZE) / Long.SIZE;
    }

    private static long bit(long counter) {
        return 1L << counter;
    }
}
