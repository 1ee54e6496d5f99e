package dev.kvs.storage.table;

import dev.kvs.model.VersionOrder;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The kept revisions of a key.
 *
 * @param versions in arrival order; empty for a key that is not known
 * @param pruned whether older ones were removed
 */
public record KeyHistory(List<StoredVersion> versions, boolean pruned) {
    public static final KeyHistory UNKNOWN = new KeyHistory(List.of(), false);

    /** What a checkpoint would keep of it: the newest {@code max} and always the winner. */
    public KeyHistory cut(int max) {
        if (versions.size() <= max) {
            return this;
        }
        StoredVersion winner =
                Collections.max(versions, Comparator.comparing(StoredVersion::version, VersionOrder.INSTANCE));
        long[] seqs = versions.stream().mapToLong(StoredVersion::seq).toArray();
        Set<Long> kept = LongStream.of(
                        new History(seqs, pruned).cut(winner.seq(), max).kept().seqs())
                .boxed()
                .collect(Collectors.toSet());
        return new KeyHistory(
                versions.stream().filter(stored -> kept.contains(stored.seq())).toList(), true);
    }
}
