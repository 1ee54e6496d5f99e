package dev.kvs.simulation;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.replication.LocalReader;
import dev.kvs.replication.Reader;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.storage.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is seen of a node by those who read there. */
class Reading {
    private static final int ALL = 1_000;

    private final LocalReader reader;
    private final SystemKeyspace system;

    Reading(Store store, SystemKeyspace system, Time time) {
        this.reader = new LocalReader(store, time);
        this.system = system;
    }

    /** The visible version of any key. */
    Optional<Version> get(Key key) {
        return reader.get(key);
    }

    /** The keys of all visible documents, by a scan in either direction. */
    Set<Key> documents(boolean reverse) {
        Set<Key> found = new TreeSet<>();
        reader.range(new Reader.RangeQuery(null, null, null, ALL, reverse))
                .versions()
                .forEach(version -> found.add(version.key()));
        return found;
    }

    /** The names of the directories at the top. */
    List<String> roots() {
        return reader.children(null, null, 10).entries().stream()
                .map(Reader.Child::name)
                .toList();
    }

    /** The keys of all that is visible of the system. */
    Set<Key> ofSystem() {
        Set<Key> found = new TreeSet<>();
        system.list(Clients.SYSTEM_DIRECTORY, null, ALL).forEach(version -> found.add(version.key()));
        return found;
    }
}
