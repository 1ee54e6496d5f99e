package dev.kvs.replication.gossip;

import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Versions that came back after they had been deleted and their deletion collected: a node was away for longer than tombstones
 * are kept. They are not stored again; people can look at them here and write them anew.
 */
final class Quarantine {
    /** A list for people. The oldest entry makes room; its node still has the version. */
    private static final int MAX_ENTRIES = 1_000;

    private final Map<UUID, Version> entries = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Keyspace, Long> refused = new EnumMap<>(Keyspace.class);

    void add(Version version) {
        lock.lock();
        try {
            if (entries.putIfAbsent(version.uuid(), version) == null) {
                refused.merge(version.key().keyspace(), 1L, Long::sum);
                if (entries.size() > MAX_ENTRIES) {
                    entries.remove(entries.keySet().iterator().next());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is in it, the oldest first. */
    List<Version> entries() {
        lock.lock();
        try {
            return new ArrayList<>(entries.values());
        } finally {
            lock.unlock();
        }
    }

    /** How many versions of a keyspace were refused since the start. */
    long refused(Keyspace keyspace) {
        lock.lock();
        try {
            return refused.getOrDefault(keyspace, 0L);
        } finally {
            lock.unlock();
        }
    }
}
