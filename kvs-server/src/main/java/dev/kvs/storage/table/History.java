package dev.kvs.storage.table;

import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;

/**
 * The kept revisions of a key as the end of a {@link CurrentRow} holds them. With the list in the row, pruning and
 * reading a history need no walk along a chain of rows.
 *
 * <pre>
 * pruned  1   1 when older revisions were removed
 * places      in {@code versions}, in arrival order, as zigzag varint differences to the one before
 * </pre>
 */
record History(long[] places, boolean pruned) {
    static final History EMPTY = new History(new long[0], false);

    void encode(Encoder out) {
        out.putByte(pruned ? 1 : 0);
        long previous = 0;
        for (long place : places) {
            long difference = place - previous;
            out.putVarint((difference << 1) ^ (difference >> 63));
            previous = place;
        }
    }

    /** Reads a history to the end of {@code in}. */
    static History decode(Decoder in) throws DamagedException {
        boolean pruned = in.getByte() == 1;
        long[] places = new long[in.remaining()];
        int count = 0;
        long previous = 0;
        while (in.remaining() > 0) {
            long zigzag = in.getVarint();
            previous += (zigzag >>> 1) ^ -(zigzag & 1);
            places[count++] = previous;
        }
        return new History(Arrays.copyOf(places, count), pruned);
    }

    /** This list and what arrived after it. */
    History with(long[] newer, boolean newerPruned) {
        long[] all = Arrays.copyOf(places, places.length + newer.length);
        System.arraycopy(newer, 0, all, places.length, newer.length);
        return new History(all, pruned || newerPruned);
    }

    /** Keeps the newest {@code max} and always what is {@code pinned}; names the others, the oldest, as dead. */
    Cut cut(int max, LongPredicate pinned) {
        if (places.length <= max) {
            return new Cut(this, EMPTY.places);
        }
        boolean[] dead = dead(places.length, max, i -> pinned.test(places[i]));
        long[] gone = new long[places.length];
        long[] kept = new long[places.length];
        int deadCount = 0;
        int keptCount = 0;
        for (int i = 0; i < places.length; i++) {
            if (dead[i]) {
                gone[deadCount++] = places[i];
            } else {
                kept[keptCount++] = places[i];
            }
        }
        return new Cut(
                new History(Arrays.copyOf(kept, keptCount), pruned || deadCount > 0), Arrays.copyOf(gone, deadCount));
    }

    /** Which of {@code count} revisions in arrival order go, so that at most {@code max} stay, or more if pinned. */
    static boolean[] dead(int count, int max, IntPredicate pinned) {
        boolean[] dead = new boolean[count];
        int excess = count - max;
        for (int i = 0; i < count && excess > 0; i++) {
            if (!pinned.test(i)) {
                dead[i] = true;
                excess--;
            }
        }
        return dead;
    }

    /** What stays in the history and which versions are removed. */
    record Cut(History kept, long[] dead) {}
}
