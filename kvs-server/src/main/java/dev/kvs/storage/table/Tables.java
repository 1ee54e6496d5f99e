package dev.kvs.storage.table;

import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.platform.Disk;
import dev.kvs.storage.format.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.h2.Driver;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

/**
 * The open tables: readers, one writer, and the commit that makes a checkpoint durable.
 *
 * <p>Errors: every method may throw {@link IOException}; {@link DamagedException} when the file does not hold what it
 * should. After one from a write or commit nothing more may be written.
 */
public final class Tables implements Closeable {
    /** The map outside SQL whose one entry is read back from the disk as the proof of a commit. */
    private static final String PROOF_MAP = "kvs.proof";

    private static final String PROOF_APPLIED = "applied";

    static {
        // H2 keeps a process-wide soft cache of values; ours never repeat, so looking them up costs and gives nothing.
        System.setProperty("h2.objectCache", "false");
    }

    /** A fill rate, in percent, that no file exceeds. */
    private static final int ALWAYS_MOVE = 100;

    /** Moved at a time: what is moved lies in the file twice for as long. */
    private static final int MOVE_BYTES = 256 << 20;

    /** A fill rate, in percent, that is worth one more pass of rewriting. */
    private static final int NEARLY_FULL = 98;

    private final JournaledFile file;
    private final KvsFilePath.Mount mount;
    private final MVStore mvStore;
    private final TableWriter writer;
    private final TableReader reader;
    private final SyncReader sync;
    private final Trees trees;
    private final Semaphore readers;
    private volatile Meta meta;

    private Tables(
            JournaledFile file,
            KvsFilePath.Mount mount,
            MVStore mvStore,
            Trees trees,
            ActorTable actors,
            TableWriter writer,
            int readers,
            Meta meta) {
        this.file = file;
        this.mount = mount;
        this.mvStore = mvStore;
        this.trees = trees;
        this.readers = new Semaphore(readers);
        this.reader = new TableReader(trees, actors);
        this.sync = new SyncReader(trees, actors);
        this.writer = writer;
        this.meta = meta;
    }

    /**
     * Opens the tables of an existing store, or creates them.
     *
     * @param path the H2 file, relative to the disk's root
     * @param created the identity to give to new tables; null when the tables must be there already
     */
    public static Tables open(Disk disk, Path path, TableSettings settings, @Nullable StoreId created)
            throws IOException {
        JournaledFile file = JournaledFile.open(disk, path);
        KvsFilePath.Mount mount = KvsFilePath.mount(file);
        try {
            return open(file, mount, settings, created);
        } catch (SQLException | MVStoreException e) {
            closeQuietly(file, mount, e);
            throw new DamagedException(
                    "H2 cannot open " + path + ": " + e.getMessage()
                            + ". Restore this node from a backup or its peers.",
                    e);
        } catch (IOException | RuntimeException e) {
            closeQuietly(file, mount, e);
            throw e;
        }
    }

    private static void closeQuietly(JournaledFile file, KvsFilePath.Mount mount, Exception cause) {
        mount.close();
        try {
            file.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static Tables open(
            JournaledFile file, KvsFilePath.Mount mount, TableSettings settings, @Nullable StoreId created)
            throws SQLException, IOException {
        String url = "jdbc:h2:" + mount.database();
        Connection first = connect(url + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;RETENTION_TIME=0;FILE_LOCK=NO"
                + ";TRACE_LEVEL_FILE=0;CACHE_SIZE=" + settings.cacheKib());
        first.setAutoCommit(false);
        MVStore mvStore = mvStoreOf(first);
        // Neither a background writer nor a store per transaction: what is dirty is written when a buffer is full and
        // when a checkpoint commits, on the checkpoint's own thread.
        mvStore.setAutoCommitDelay(-1);
        boolean isNew = Schema.isEmpty(first);
        if (isNew) {
            if (created == null) {
                throw new DamagedException("The tables are empty although this store has data.");
            }
            Schema.create(first, created);
        }
        Schema.complete(first);
        Meta meta = Schema.readMeta(first, settings.tombstoneRetentionMillis());
        Trees trees = Trees.open(mvStore, isNew);
        ActorTable actors = ActorTable.load(first);
        TableWriter writer = new TableWriter(first, trees, actors, settings);
        Tables tables = new Tables(file, mount, mvStore, trees, actors, writer, settings.readers(), meta);
        tables.commit(tables.meta);
        return tables;
    }

    private static Connection connect(String url) throws SQLException {
        return Check.present(Driver.load().connect(url, new Properties()), "H2 knows its own URL");
    }

    private static MVStore mvStoreOf(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }

    /** As the last commit left it. */
    public Meta meta() {
        return meta;
    }

    /** The winner of a key, or null when the tables do not know the key. */
    public @Nullable Version winner(Key key) throws IOException {
        return read(() -> reader.winner(key));
    }

    /** The kept revisions of a key in arrival order. */
    public KeyHistory history(Key key) throws IOException {
        return read(() -> reader.history(key));
    }

    /** The version at a place, or null when it is gone. */
    public @Nullable Version version(Key key, long place) throws IOException {
        return read(() -> reader.version(key, place));
    }

    /** Rows of keys with {@code start <= key < end}, at most {@code limit}, from the end when {@code reverse}. */
    public List<KeyRow> rows(byte[] start, byte[] end, int limit, boolean reverse) throws IOException {
        return read(() -> reader.rows(start, end, limit, reverse));
    }

    /** The agenda after one moment and up to another, in milliseconds since the epoch. */
    public List<DueEntry> due(long afterMillis, long untilMillis, int limit) throws IOException {
        return read(() -> trees.agenda().between(afterMillis, untilMillis, limit));
    }

    /** Versions of a store with {@code after < sequence <= through}, ascending. */
    public Batch<Version> stretch(StoreId store, long after, long through, ReadLimit limit) throws IOException {
        return read(() -> sync.stretch(store, after, through, limit));
    }

    /** The highest sequence of a store that is here, 0 for none. */
    public long highest(StoreId store) throws IOException {
        return read(() -> sync.highest(store));
    }

    /** Every store of which the tables have ever held a version. */
    public Set<StoreId> stores() {
        return writer.stores();
    }

    /** Whether the version of a dot is here. */
    public boolean holds(Dot dot) throws IOException {
        return read(() -> sync.holds(dot.store(), dot.sequence()));
    }

    /** The keys whose hash begins with these 16 bits. */
    public List<Key> leaf(int number) throws IOException {
        return read(() -> trees.current().leaf(number));
    }

    /** The winners of keys with {@code start <= key < end}, in byte order. */
    public Batch<Version> winnersBetween(byte[] start, byte[] end, ReadLimit limit) throws IOException {
        return read(() -> reader.winnersBetween(start, end, limit));
    }

    /** Current winners behind a time and place, newest first and among those of one time by place downwards. */
    public Batch<PlacedVersion> newest(long hlc, long place, ReadLimit limit) throws IOException {
        return read(() -> reader.newest(hlc, place, limit));
    }

    /** What the tables hold besides versions; for the opening of a store. */
    public StateTables.State state() throws IOException {
        try {
            return writer.state().read();
        } catch (SQLException | MVStoreException e) {
            throw new IOException("H2 cannot read: " + e.getMessage(), e);
        }
    }

    /** The writer, for the one thread that checkpoints. */
    public TableWriter writer() {
        return writer;
    }

    /** Makes everything written since the last commit durable, in one step, and proves it by reading it back. */
    public void commit(Meta newMeta) throws IOException {
        try {
            writer.finish(newMeta);
            mvStore.commit();
            commitProof(newMeta.applied());
        } catch (SQLException | MVStoreException e) {
            throw new IOException("H2 cannot write: " + e.getMessage(), e);
        }
        file.commit();
        prove(newMeta.applied());
        meta = newMeta;
    }

    /**
     * Stores the proof in a chunk of its own at the very end of the file. H2 writes a chunk that goes into freed space
     * before the header that would lead to it, so the newest chunk is sure to be found again only at the end.
     */
    private void commitProof(long applied) {
        MVMap<String, Long> proof = mvStore.openMap(PROOF_MAP);
        mvStore.setReuseSpace(false);
        try {
            proof.put(PROOF_APPLIED, applied);
            mvStore.commit();
        } finally {
            mvStore.setReuseSpace(true);
        }
    }

    /** Opens what the disk holds as a second, read-only store and looks for the sequence just committed. */
    private void prove(long applied) throws IOException {
        try (MVStore onDisk = new MVStore.Builder()
                .fileName(mount.committedFile())
                .readOnly()
                .cacheSize(1)
                .open()) {
            MVMap<String, Long> proof = onDisk.openMap(PROOF_MAP);
            Long found = proof.get(PROOF_APPLIED);
            if (found == null || found != applied) {
                throw new DamagedException("The tables on the disk hold sequence " + found + " after committing "
                        + applied + "; the log is kept.");
            }
        } catch (MVStoreException e) {
            throw new DamagedException("The tables just committed cannot be read back: " + e.getMessage(), e);
        }
    }

    /**
     * Rewrites sparsely filled parts of the file into new ones; the space is free after the next commit.
     *
     * @param fillRate rewrite while less than this percentage of the chunks is live, 1 to 99
     * @param bytes about how much to write at most
     * @return whether anything was rewritten
     */
    public boolean rewriteSparse(int fillRate, int bytes) throws IOException {
        try {
            return mvStore.compact(fillRate, bytes);
        } catch (MVStoreException e) {
            throw new IOException("H2 cannot compact: " + e.getMessage(), e);
        }
    }

    /**
     * Compacts the file: removes what is dead, rewrites what is sparse for at most about {@code millis}, and moves what is
     * left together as long as that makes the file shorter. Follow with {@link #commit}; what was rewritten leaves room that
     * can be given back after it.
     */
    public void compact(int millis) throws IOException {
        writer.sweep();
        try {
            // H2 takes note of pages that are not needed any more when it writes the next chunk.
            mvStore.commit();
            mvStore.compactFile(millis);
            mvStore.compact(NEARLY_FULL, MOVE_BYTES);
            mvStore.commit();
            // H2 moves chunks only after it has rewritten some, and then not until the file is short.
            RandomAccessStore chunks = (RandomAccessStore) mvStore.getFileStore();
            long before;
            do {
                before = file.size();
                chunks.compactMoveChunks(ALWAYS_MOVE, MOVE_BYTES, mvStore);
            } while (file.size() < before);
        } catch (MVStoreException e) {
            throw new IOException("H2 cannot compact: " + e.getMessage(), e);
        }
    }

    /** Bytes written since the last commit. */
    public long pendingBytes() {
        return file.pendingBytes();
    }

    /** Length of the file in bytes. */
    public long fileBytes() {
        return file.size();
    }

    /** Percentage of the file's chunks that is live. */
    public int fillRate() {
        return mvStore.getFileStore().getChunksFillRate();
    }

    /** Asks the trees; what they consist of while the query runs is not written over. */
    private <T extends @Nullable Object> T read(Query<T> query) throws IOException {
        acquireReader();
        try {
            MVStore.TxCounter usage = mvStore.registerVersionUsage();
            try {
                return query.run();
            } finally {
                mvStore.deregisterVersionUsage(usage);
            }
        } catch (MVStoreException e) {
            throw new IOException("H2 cannot read: " + e.getMessage(), e);
        } finally {
            readers.release();
        }
    }

    private void acquireReader() throws IOException {
        try {
            readers.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting to read").initCause(e);
        }
    }

    /** One query. */
    private interface Query<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** Closes without writing anything: the file stays as the last commit left it. */
    @Override
    public void close() throws IOException {
        try {
            writer.shutdown();
        } finally {
            mount.close();
            file.close();
        }
    }
}
