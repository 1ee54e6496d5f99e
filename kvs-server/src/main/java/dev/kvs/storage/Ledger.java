package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows besides versions, all of it in memory and in the tables too: the conflicts, the versions held back, and
 * how far each store's versions reach here. Written under the log's lock; readers need none and may see what is not synced yet.
 */
final class Ledger {
    /**
     * In each keyspace, so that documents cannot push out what the system has to say; about 10 MB when full. The oldest closed
     * conflict makes room, or the oldest of all; both stay in their histories.
     */
    static final int MAX_CONFLICTS = 10_000;

    private final Map<Keyspace, Map<Key, Conflict>> conflicts = new EnumMap<>(Keyspace.class);
    private final Map<Dot, Version> heldBack = new ConcurrentHashMap<>();
    private final NavigableSet<Version> heldBackInOrder =
            new ConcurrentSkipListSet<>(Comparator.comparingLong(Version::hlc)
                    .thenComparing(version -> version.origin().store())
                    .thenComparingLong(Version::sequence));
    private final AtomicLong heldBackBytes = new AtomicLong();
    private final Map<StoreId, Long> highest = new ConcurrentHashMap<>();
    private final Set<StoreId> met = ConcurrentHashMap.newKeySet();

    Ledger() {
        for (Keyspace keyspace : Keyspace.values()) {
            conflicts.put(keyspace, new ConcurrentHashMap<>());
        }
    }

    private Map<Key, Conflict> of(Keyspace keyspace) {
        return Check.present(conflicts.get(keyspace), "every keyspace has its conflicts");
    }

    @Nullable
    Conflict conflict(Key key) {
        return of(key.keyspace()).get(key);
    }

    Collection<Conflict> conflicts(Keyspace keyspace) {
        return of(keyspace).values();
    }

    /** By timestamp. */
    Collection<Version> heldBack() {
        return heldBackInOrder;
    }

    /** What the versions held back take in memory. */
    long heldBackBytes() {
        return heldBackBytes.get();
    }

    /** The lowest timestamp of what is held back, {@link Long#MAX_VALUE} when nothing is. */
    long heldBackFrom() {
        return heldBackInOrder.isEmpty()
                ? Long.MAX_VALUE
                : heldBackInOrder.first().hlc();
    }

    boolean holdsBack(Dot dot) {
        return heldBack.containsKey(dot);
    }

    /** The highest sequence of a store of which a version has been here, 0 for none: beyond it everything is new. */
    long highestOf(StoreId store) {
        return highest.getOrDefault(store, 0L);
    }

    /** Remembers that a store exists; whether it was new. */
    boolean meet(StoreId store) {
        return met.add(store);
    }

    /** Other stores that were met, whether they have written anything or not. */
    Set<StoreId> met() {
        return met;
    }

    /** The keys are gone, and their conflicts with them. */
    void forget(List<Key> keys) {
        keys.forEach(key -> of(key.keyspace()).remove(key));
    }

    void reached(StoreId store, long sequence) {
        highest.merge(store, sequence, Math::max);
    }

    void hold(Version version) {
        if (heldBack.putIfAbsent(version.dot(), version) == null) {
            heldBackInOrder.add(version);
            heldBackBytes.addAndGet(version.footprint());
        }
        reached(version.origin().store(), version.sequence());
    }

    /** Takes a version that has arrived in the key space off the list; whether it was on it. */
    boolean release(Dot dot) {
        Version released = heldBack.isEmpty() ? null : heldBack.remove(dot);
        if (released == null) {
            return false;
        }
        heldBackInOrder.remove(released);
        heldBackBytes.addAndGet(-released.footprint());
        return true;
    }

    /** Records a conflict; returns the keys of those that had to go for it. */
    List<Key> record(Conflict conflict) {
        Map<Key, Conflict> ofKeyspace = of(conflict.key().keyspace());
        ofKeyspace.put(conflict.key(), conflict);
        if (ofKeyspace.size() <= MAX_CONFLICTS) {
            return List.of();
        }
        List<Key> oldest = ofKeyspace.values().stream()
                .filter(known -> !known.key().equals(conflict.key()))
                .sorted(Comparator.comparing(Conflict::isOpen).thenComparingLong(Conflict::lastMillis))
                .limit(MAX_CONFLICTS / 10)
                .map(Conflict::key)
                .toList();
        oldest.forEach(ofKeyspace::remove);
        return oldest;
    }
}
