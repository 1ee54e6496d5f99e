package dev.kvs.replication;

import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.storage.Scan;
import dev.kvs.storage.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster keeps about itself: users, groups, policies, settings. Small documents under paths such as {@code
 * users/ada}, on every node in every mode, with versions, conflicts and repair like any other; the routes under {@code /kv}
 * cannot name them. A node that joins has all of them before it has the first document.
 */
public final class SystemKeyspace {
    private static final Logger LOG = LoggerFactory.getLogger(SystemKeyspace.class);

    private final Store store;
    private final LocalCoordinator coordinator;
    private final Time time;
    private final List<Consumer<Version>> listeners = new CopyOnWriteArrayList<>();

    /** The system keyspace of a store; at most one a store, because it listens to it. */
    public SystemKeyspace(Store store, LocalCoordinator coordinator, Time time) {
        this.store = store;
        this.coordinator = coordinator;
        this.time = time;
        store.feed().onSystemWinner(this::tell);
    }

    /** The path that a key of the system keyspace stands for. */
    public static String path(Key key) {
        byte[] utf8 = key.utf8();
        return new String(utf8, 1, utf8.length - 1, StandardCharsets.UTF_8);
    }

    /** The visible version under a path. */
    public Optional<Version> get(String path) {
        Version version = store.winner(Key.ofSystem(path));
        return version != null && version.isLiveAt(time.epochMillis()) ? Optional.of(version) : Optional.empty();
    }

    /** Stores JSON under a path; see {@link Coordinator#put}. */
    public Coordinator.Written put(String path, byte[] json, Expiry expiry, WriteOptions options) {
        return coordinator.put(Key.ofSystem(path), json, expiry, options);
    }

    /** Deletes what a path holds; see {@link Coordinator#delete}. */
    public Coordinator.Written delete(String path, WriteOptions options) {
        return coordinator.delete(Key.ofSystem(path), options);
    }

    /** Every visible version, one after another, in the byte order of their paths. */
    public void forEach(Consumer<Version> reader) {
        Scan scan = store.scan(Keyspace.SYSTEM, null, null, false);
        while (scan.hasNext()) {
            Version version = scan.next().version();
            if (version != null) {
                reader.accept(version);
            }
        }
    }

    /**
     * Visible versions below a directory, however deep, in the byte order of their paths.
     *
     * @param directory for example {@code users}
     * @param after the path behind which to continue, null to begin
     * @param limit most versions to return, at least 1; fewer mean that there are no more
     */
    public List<Version> list(String directory, @Nullable String after, int limit) {
        byte[] first = Directory.withSlash(Key.ofSystem(directory).utf8());
        byte[] end = Directory.afterDirectory(first);
        byte[] start = after == null ? first : Key.following(Key.ofSystem(after).utf8());
        Scan scan = store.scan(Keyspace.SYSTEM, start, end, false);
        List<Version> versions = new ArrayList<>();
        while (versions.size() < limit && scan.hasNext()) {
            Version version = scan.next().version();
            if (version != null) {
                versions.add(version);
            }
        }
        return versions;
    }

    /**
     * Calls {@code listener} with every version that becomes the winner of a system key from now on, a deletion included,
     * whether it was written here or came from another node: once it is durable, and before whoever wrote it is answered. It
     * is called on the log's thread, for one version after another, so it must be quick and may not write. Time that passes
     * calls nobody: what expires is hidden by {@link #get} alone.
     */
    public void onChange(Consumer<Version> listener) {
        listeners.add(listener);
    }

    private void tell(Version winner) {
        for (Consumer<Version> listener : listeners) {
            try {
                listener.accept(winner);
            } catch (RuntimeException e) {
                // The log must go on; what it wrote is durable whatever a listener makes of it.
                LOG.error("The change of {} did not take effect everywhere on this node", winner.key(), e);
            }
        }
    }
}
