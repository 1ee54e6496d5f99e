package dev.kvs.storage.table;

import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The kept revisions of a key.
 *
 * @param versions in arrival order; empty for a key that is not known
 * @param pruned whether older ones were removed
 */
public record KeyHistory(List<Version> versions, boolean pruned) {
    public static final KeyHistory UNKNOWN = new KeyHistory(List.of(), false);

    /** What a checkpoint would keep of it: the newest {@code max}, and always the winner and what is {@code pinned}. */
    public KeyHistory cut(int max, Predicate<Version> pinned) {
        if (versions.size() <= max) {
            return this;
        }
        Version winner = Collections.max(versions, VersionOrder.INSTANCE);
        boolean[] dead =
                History.dead(versions.size(), max, i -> versions.get(i).equals(winner) || pinned.test(versions.get(i)));
        List<Version> kept = new ArrayList<>(max);
        for (int i = 0; i < dead.length; i++) {
            if (!dead[i]) {
                kept.add(versions.get(i));
            }
        }
        return new KeyHistory(List.copyOf(kept), true);
    }
}
