package dev.kvs.storage.table;

import dev.kvs.platform.Check;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.util.Arrays;

/**
 * The kept revisions of a key as the column {@code current.history} holds them. With the list in the row, pruning and
 * reading a history need no walk along a chain of rows.
 *
 * <pre>
 * pruned  1   1 when older revisions were removed
 * seqs        the places in {@code versions}, ascending, as varint differences to the one before
 * </pre>
 */
record History(long[] seqs, boolean pruned) {
    static final History EMPTY = new History(new long[0], false);

    byte[] encode() {
        Encoder out = new Encoder(5 * seqs.length + 8);
        out.putByte(pruned ? 1 : 0);
        long previous = 0;
        for (long seq : seqs) {
            Check.that(seq > previous, "a history ascends", seq);
            out.putVarint(seq - previous);
            previous = seq;
        }
        return out.toByteArray();
    }

    static History decode(byte[] column) throws DamagedException {
        Decoder in = new Decoder(column);
        boolean pruned = in.getByte() == 1;
        long[] seqs = new long[column.length - 1];
        int count = 0;
        long previous = 0;
        while (in.remaining() > 0) {
            previous += in.getVarint();
            seqs[count++] = previous;
        }
        return new History(Arrays.copyOf(seqs, count), pruned);
    }

    /** Both lists in one, ascending; what stands in both once. */
    History with(long[] newer, boolean newerPruned) {
        long[] all = Arrays.copyOf(seqs, seqs.length + newer.length);
        System.arraycopy(newer, 0, all, seqs.length, newer.length);
        boolean ascending = seqs.length == 0 || newer.length == 0 || seqs[seqs.length - 1] < newer[0];
        return new History(
                ascending ? all : Arrays.stream(all).sorted().distinct().toArray(), pruned || newerPruned);
    }

    /** Keeps the newest {@code max} and always the winner; names the others, the oldest, as dead. */
    Cut cut(long winner, int max) {
        int excess = seqs.length - max;
        if (excess <= 0) {
            return new Cut(this, EMPTY.seqs);
        }
        long[] dead = new long[excess];
        long[] kept = new long[max];
        int gone = 0;
        int stays = 0;
        for (long seq : seqs) {
            if (gone < excess && seq != winner) {
                dead[gone++] = seq;
            } else {
                kept[stays++] = seq;
            }
        }
        return new Cut(new History(kept, true), dead);
    }

    /** What stays in the history and which versions are removed. */
    record Cut(History kept, long[] dead) {}
}
