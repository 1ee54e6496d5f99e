package dev.kvs.testconflict;

import dev.kvs.boot.DataDirLock;
import dev.kvs.boot.ExitCode;
import dev.kvs.boot.StartException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.StoreSettings;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The data directory of a node that does not run, held by the lock that a running node would hold. */
final class StoppedNode implements AutoCloseable {
    /** The node's own limits do not matter to a few writes; these are its defaults, so that large stores open as quickly. */
    private static final long MEMTABLE_BYTES = 128L << 20;

    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int H2_CACHE_KIB = 32_768;

    /** The most that a node can be told to keep: how many revisions are too many is left to the node itself. */
    private static final int HISTORY_MAX = 1_000;

    private static final StoreSettings SETTINGS = new StoreSettings(
            MEMTABLE_BYTES,
            SEGMENT_BYTES,
            0,
            0,
            TimeUnit.HOURS.toMillis(1),
            TimeUnit.HOURS.toMillis(1),
            new TableSettings(
                    H2_CACHE_KIB, 1, HISTORY_MAX, TimeUnit.HOURS.toMillis(720), new BodyCompression(true, 512, 3)));

    private final NodeId name;
    private final Path directory;
    private final DataDirLock lock;
    private final Store store;

    private StoppedNode(NodeId name, Path directory, DataDirLock lock, Store store) {
        this.name = name;
        this.directory = directory;
        this.lock = lock;
        this.store = store;
    }

    /** Opens a data directory, making it one when it is empty or not there. */
    static StoppedNode open(Path directory, NodeId name, Time time, Randomness randomness) throws StartException {
        DataDirLock lock = DataDirLock.acquire(directory);
        boolean opened = false;
        try {
            StoppedNode node = new StoppedNode(name, directory, lock, openStore(directory, name, time, randomness));
            opened = true;
            return node;
        } finally {
            if (!opened) {
                release(lock);
            }
        }
    }

    /** Without threads, so that nothing is done here but what is asked for: housekeeping is the node's own. */
    private static Store openStore(Path directory, NodeId name, Time time, Randomness randomness)
            throws StartException {
        try {
            return StoreOpening.openUnthreaded(
                    new FileDisk(directory), SETTINGS, name, time, randomness, new WinnerTree());
        } catch (DamagedException e) {
            throw new StartException(
                    ExitCode.DAMAGED_STORE, "The store in " + directory + " cannot be used. " + e.getMessage());
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static void release(DataDirLock lock) throws StartException {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StartException(ExitCode.DATA_DIR, "A lock cannot be given back: " + e.getMessage());
        }
    }

    private static StartException failed(Path directory, IOException e) {
        return new StartException(
                ExitCode.DATA_DIR, "The store in " + directory + " cannot be used: " + e.getMessage());
    }

    NodeId name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    Store store() {
        return store;
    }

    /** Brings everything into the tables and gives the directory free. */
    @Override
    public void close() throws StartException {
        try {
            store.close();
        } catch (IOException e) {
            throw failed(directory, e);
        } finally {
            release(lock);
        }
    }
}
