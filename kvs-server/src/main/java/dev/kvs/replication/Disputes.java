package dev.kvs.replication;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conflicts that this node knows of, open and closed. */
public interface Disputes {
    /** The conflict of a key, if it has or had one. */
    Optional<Conflict> of(Key key);

    /** The conflict of this name. */
    Optional<Conflict> named(UUID id);

    /** Conflicts, the one that grew last first. */
    Page newest(Query query);

    /** How many conflicts about system keys nothing has settled yet; they are counted, never shown. */
    int openOfSystem();

    /**
     * Which conflicts to list.
     *
     * @param key of this key alone, null for all
     * @param sinceMillis those that grew then or later, milliseconds since the epoch
     * @param after the place behind which to continue, null to begin
     * @param limit most to list, at least 1
     */
    record Query(
            @Nullable Key key, long sinceMillis, @Nullable Place after, int limit) {}

    /** A place in the order; a conflict that grows meanwhile comes to the front and may be seen twice. */
    record Place(long millis, UUID id) {
        static Place of(Conflict conflict) {
            return new Place(conflict.lastMillis(), conflict.id());
        }
    }

    /**
     * One page.
     *
     * @param next where to continue, null when there are no more
     */
    record Page(List<Conflict> conflicts, @Nullable Place next) {
        public Page {
            conflicts = List.copyOf(conflicts);
        }
    }
}
