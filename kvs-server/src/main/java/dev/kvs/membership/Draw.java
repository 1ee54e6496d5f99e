package dev.kvs.membership;

import dev.kvs.platform.Randomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What chance decides here: numbers from a range, and some of many. */
final class Draw {
    private final Randomness randomness;

    Draw(Randomness randomness) {
        this.randomness = randomness;
    }

    /** From 0 to {@code bound - 1}. The bias of the remainder is below 2^-32 for the bounds used here. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(randomness.nextLong(), bound);
    }

    /** Between the two, both included. */
    long between(long min, long max) {
        return min + Long.remainderUnsigned(randomness.nextLong(), max - min + 1);
    }

    /** Up to {@code count} different elements, in random order. */
    <T> List<T> some(List<T> all, int count) {
        List<T> drawn = new ArrayList<>(all);
        int wanted = Math.min(count, drawn.size());
        for (int i = 0; i < wanted; i++) {
            Collections.swap(drawn, i, i + below(drawn.size() - i));
        }
        return drawn.subList(0, wanted);
    }

    /** The same elements in random order. */
    <T> List<T> shuffled(List<T> all) {
        return some(all, all.size());
    }
}
