package dev.kvs.audit;

import dev.kvs.model.StoreId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last head that was heard of each other chain. Not safe for concurrent use. */
final class Witnesses {
    /** Many times the nodes of a cluster; the one that was heard longest ago makes room. About 100 KB when full. */
    static final int MAX = 512;

    private final Map<StoreId, Witness> heads = new HashMap<>();

    void put(Witness witness) {
        heads.put(witness.head().store(), witness);
        if (heads.size() > MAX) {
            heads.values().stream()
                    .min(Comparator.comparingLong(Witness::millis))
                    .ifPresent(oldest -> heads.remove(oldest.head().store()));
        }
    }

    @Nullable
    Witness of(StoreId store) {
        return heads.get(store);
    }

    List<Witness> all() {
        return List.copyOf(heads.values());
    }

    void addAll(Collection<Witness> known) {
        known.forEach(this::put);
    }
}
