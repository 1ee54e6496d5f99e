package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came from another node, to be stored in one frame. The caller holds the stripes of all keys in it and has left out
 * what is here already ({@link Feed#holds}).
 *
 * @param versions in the order in which they shall count as arrived; no dot twice
 * @param heard what is known to be complete once these are stored: per store, everything up to a sequence is here or was
 *     pruned where it came from
 * @param conflicts conflicts that these versions open, change or close, as they stand after them
 * @param heldBack versions from too far in the future, kept outside the key space
 */
public record Arrivals(List<Arrival> versions, VersionVector heard, List<Conflict> conflicts, List<Version> heldBack) {
    public Arrivals {
        versions = List.copyOf(versions);
        conflicts = List.copyOf(conflicts);
        heldBack = List.copyOf(heldBack);
    }

    /**
     * A version and the winner it meets.
     *
     * @param rival the key's newest appended winner before this one, null for a new key
     */
    public record Arrival(Version version, @Nullable Version rival) {}
}
