package dev.kvs.replication;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.storage.Store;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The conflicts about documents in this node's store. They are bounded in number and held in memory, so a page sorts them all. */
public final class LocalDisputes implements Disputes {
    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparingLong(Place::millis).thenComparing(Place::id).reversed();

    private final Store store;

    public LocalDisputes(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Conflict> of(Key key) {
        return Optional.ofNullable(store.conflict(key)).filter(conflict -> !key.isSystem());
    }

    @Override
    public Optional<Conflict> named(UUID id) {
        return store.conflicts(Keyspace.DOCUMENTS).stream()
                .filter(conflict -> conflict.id().equals(id))
                .findFirst();
    }

    @Override
    public int openOfSystem() {
        return store.openConflicts(Keyspace.SYSTEM);
    }

    @Override
    public Page newest(Query query) {
        Collection<Conflict> among = query.key() == null
                ? store.conflicts(Keyspace.DOCUMENTS)
                : of(query.key()).map(List::of).orElse(List.of());
        List<Conflict> found = among.stream()
                .filter(conflict -> conflict.lastMillis() >= query.sinceMillis())
                .filter(conflict ->
                        query.after() == null || NEWEST_FIRST.compare(query.after(), Place.of(conflict)) < 0)
                .sorted(Comparator.comparing(Place::of, NEWEST_FIRST))
                .limit(query.limit() + 1L)
                .toList();
        boolean more = found.size() > query.limit();
        List<Conflict> page = more ? found.subList(0, query.limit()) : found;
        return new Page(page, more ? Place.of(page.getLast()) : null);
    }
}
