package dev.kvs.storage;

import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.log.LogRecord;
import dev.kvs.storage.log.LogRecovery;
import dev.kvs.storage.log.WriteAheadLog;
import dev.kvs.storage.table.Meta;
import dev.kvs.storage.table.StateTables;
import dev.kvs.storage.table.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a data directory: new, cleanly closed, or left behind by a crash. Recovery is redo only: the tables are exactly as
 * their last commit left them, and every later log record goes into the memtable again, in order.
 *
 * <pre>
 * MANIFEST             identity and what must at least be here
 * log/0000000001.wal   the write-ahead log, see {@link dev.kvs.storage.log}
 * store.mv.db          the H2 tables, see {@link dev.kvs.storage.table}
 * store.mv.db.sums     checksums of the tables' blocks
 * store.mv.db.journal  changes to the tables that are not committed yet
 * audit/               what the {@link Trail} keeps, if there is one
 * </pre>
 */
public final class StoreOpening {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);
    private static final Path ROOT = Path.of("");
    private static final Path LOG_DIRECTORY = Path.of("log");
    private static final Path TABLES = Path.of("store.mv.db");

    private final Disk disk;
    private final StoreSettings settings;
    private final Time time;
    private final Randomness randomness;
    private final StorageMetrics metrics;
    private final Memtable memtable = new Memtable();
    private final InlineActors actors = new InlineActors();
    private final Ledger ledger = new Ledger();
    private final WinnerDigest digest;
    private final Trail trail;
    private long told;

    @SuppressWarnings("NullAway.Init") // Read from the tables before anything needs it.
    private Position position;

    private StoreOpening(
            Disk disk,
            StoreSettings settings,
            Time time,
            Randomness randomness,
            StorageMetrics metrics,
            WinnerDigest digest,
            Trail trail) {
        this.digest = digest;
        this.trail = trail;
        this.disk = disk;
        this.settings = settings;
        this.time = time;
        this.randomness = randomness;
        this.metrics = metrics;
    }

    /**
     * Opens the store whose directory is the disk's root, creating it in an empty one, and starts its threads.
     *
     * @param node this node's name, written into new versions
     * @param digest follows the winners of this store and no other
     * @param trail follows the log of this store and no other; closed with it
     * @throws DamagedException when the directory does not hold what it should, or does not open within {@link OpeningLimit};
     *     the message says what to do
     */
    public static Store open(
            Disk disk,
            StoreSettings settings,
            NodeId node,
            Time time,
            Randomness randomness,
            StorageMetrics metrics,
            WinnerDigest digest,
            Trail trail)
            throws IOException {
        return open(disk, settings, node, time, randomness, metrics, digest, trail, OpeningLimit.USUAL);
    }

    static Store open(
            Disk disk,
            StoreSettings settings,
            NodeId node,
            Time time,
            Randomness randomness,
            StorageMetrics metrics,
            WinnerDigest digest,
            Trail trail,
            OpeningLimit limit)
            throws IOException {
        StoreOpening opening = new StoreOpening(disk, settings, time, randomness, metrics, digest, trail);
        return limit.open(opening::bytesToRead, () -> opening.open(node, true));
    }

    /** As {@link #open}, without threads: whoever waits does the work, so that a simulation drives everything. */
    public static Store openUnthreaded(
            Disk disk, StoreSettings settings, NodeId node, Time time, Randomness randomness, WinnerDigest digest)
            throws IOException {
        return openUnthreaded(disk, settings, node, time, randomness, digest, Trail.NONE);
    }

    /** As {@link #openUnthreaded}, with a trail. */
    public static Store openUnthreaded(
            Disk disk,
            StoreSettings settings,
            NodeId node,
            Time time,
            Randomness randomness,
            WinnerDigest digest,
            Trail trail)
            throws IOException {
        return new StoreOpening(disk, settings, time, randomness, StorageMetrics.NONE, digest, trail).open(node, false);
    }

    private long bytesToRead() throws IOException {
        long bytes = disk.exists(TABLES) ? sizeOf(TABLES) : 0;
        for (Path segment : disk.list(LOG_DIRECTORY)) {
            bytes += sizeOf(LOG_DIRECTORY.resolve(segment));
        }
        return bytes;
    }

    private long sizeOf(Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            return file.size();
        }
    }

    private Store open(NodeId node, boolean threaded) throws IOException {
        Manifest manifest = Manifest.read(disk);
        if (manifest == null) {
            manifest = found();
        }
        Tables tables = Tables.open(disk, TABLES, settings.tables(), manifest.applied() == 0 ? manifest.store() : null);
        try {
            checkTables(manifest, tables);
            Winners winners = restoreState(tables);
            new RetentionChange(tables, winners).apply();
            told = trail.open(position.store());
            LogRecovery.Result recovered = recover(manifest, tables, winners);
            catchUp();
            WriteAheadLog log = WriteAheadLog.open(disk, LOG_DIRECTORY, settings.walSegmentBytes(), recovered);
            log.removeThrough(tables.meta().applied());
            Origin origin = new Origin(position.store(), node, manifest.joinedMillis());
            return assemble(origin, tables, log, winners, threaded);
        } catch (IOException | RuntimeException e) {
            trail.close();
            tables.close();
            throw e;
        }
    }

    private Store assemble(Origin origin, Tables tables, WriteAheadLog log, Winners winners, boolean threaded) {
        StorageFailure failure = new StorageFailure();
        CommitLog commits = new CommitLog(
                log,
                memtable,
                ledger,
                winners,
                time,
                origin,
                position.holdingBackFrom(ledger.heldBackFrom()),
                failure,
                metrics,
                trail,
                threaded);
        Store.Parts parts = new Store.Parts(disk, memtable, ledger, winners, commits, log, tables, trail, failure);
        Store store = new Store(parts, settings, time, metrics, threaded);
        store.start();
        return store;
    }

    /** Makes an empty directory a store; refuses one that has parts of a store but no manifest. */
    private Manifest found() throws IOException {
        if (disk.exists(TABLES) || !disk.list(LOG_DIRECTORY).isEmpty()) {
            throw new DamagedException("The data directory has tables or a log but no file MANIFEST."
                    + " Restore this node from a backup or its peers, or start with an empty directory.");
        }
        disk.createDirectories(LOG_DIRECTORY);
        disk.syncDirectory(ROOT);
        long now = time.epochMillis();
        StoreId id = new StoreId(Uuids.version7(now, randomness.nextLong(), randomness.nextLong()));
        Manifest manifest = new Manifest(id, now, 0, 0, null);
        manifest.write(disk);
        return manifest;
    }

    private void checkTables(Manifest manifest, Tables tables) throws DamagedException {
        if (!manifest.names(tables.meta().store())) {
            throw new DamagedException("The tables belong to the store "
                    + tables.meta().store()
                    + " but the file MANIFEST names " + manifest.store() + ". Put back the parts that belong together,"
                    + " or restore this node from a backup or its peers.");
        }
        if (tables.meta().applied() < manifest.applied()) {
            throw new DamagedException(
                    "The tables end at log record " + tables.meta().applied()
                            + " but a checkpoint of " + manifest.applied() + " was made here: they are an older copy."
                            + " Put the right file back, or restore this node from a backup or its peers.");
        }
    }

    private Winners restoreState(Tables tables) throws IOException {
        Meta meta = tables.meta();
        StateTables.State state = tables.state();
        position =
                new Position(meta.applied(), meta.store(), meta.sequence(), meta.hlc(), state.heard(), Long.MAX_VALUE);
        for (Dot dot : position.knowledge().dots()) {
            ledger.reached(dot.store(), Math.max(dot.sequence(), tables.highest(dot.store())));
        }
        for (StoreId store : tables.stores()) {
            ledger.reached(store, tables.highest(store));
        }
        state.conflicts().forEach(ledger::record);
        state.heldBack().forEach(ledger::hold);
        state.met().forEach(ledger::meet);
        digest.restore(state.digest().stream()
                .map(page -> new WinnerDigest.Page(page.number(), page.bytes()))
                .toList());
        // Before its first checkpoint a store has an empty digest, which is right for every epoch. Its peers are at the
        // present one; at another whoever fills it could compare it with them only after a checkpoint of everything.
        long epoch = meta.applied() == 0 ? settings.epochAt(time.epochMillis()) : meta.epoch();
        return new Winners(digest, settings.tables().tombstoneRetentionMillis(), epoch);
    }

    private LogRecovery.Result recover(Manifest manifest, Tables tables, Winners winners) throws IOException {
        LogRecovery.Result recovered =
                LogRecovery.read(disk, LOG_DIRECTORY, logRecord -> replay(logRecord, tables, winners));
        long highest = recovered.segments().isEmpty()
                ? 0
                : recovered.segments().getLast().number();
        if (highest < manifest.segment()) {
            throw new DamagedException("The log ends at segment " + highest + " but segment " + manifest.segment()
                    + " was written here. Put it back, or restore this node from a backup or its peers.");
        }
        if (recovered.cutBytes() > 0) {
            LOG.info(
                    "Cut {} bytes of an unfinished write from the end of the log; nothing acknowledged was in them.",
                    recovered.cutBytes());
        }
        return recovered;
    }

    private void replay(LogRecord logRecord, Tables tables, Winners winners) throws IOException {
        long seq = logRecord.sequence();
        if (seq <= position.seq() && seq <= told) {
            return;
        }
        LogEntry entry = LogEntry.decode(logRecord, actors);
        if (seq > position.seq()) {
            if (seq != position.seq() + 1) {
                throw new DamagedException(
                        "The log begins at record " + seq + " but the tables end at " + position.seq()
                                + ". Put the missing segments back, or restore this node from a backup or its peers.");
            }
            replay(entry, seq, tables, winners);
        }
        if (seq > told) {
            entry.tell(trail, seq);
            if (logRecord.endsFrame()) {
                trail.ended(seq);
            }
        }
    }

    private void replay(LogEntry entry, long seq, Tables tables, Winners winners) throws IOException {
        switch (entry) {
            case LogEntry.Arrived arrived -> replayVersion(arrived.stored(), tables, winners);
            case LogEntry.Written written -> replayVersion(written.stored(), tables, winners);
            case LogEntry.HeldBack held -> {
                ledger.hold(held.version());
                note(seq, side -> side.heldBack().add(held.version()));
            }
            case LogEntry.Disputed disputed -> {
                List<Key> forgotten = ledger.record(disputed.conflict());
                note(seq, side -> {
                    side.conflicts().put(disputed.conflict().key(), disputed.conflict());
                    side.forgotten().addAll(forgotten);
                });
            }
            case LogEntry.Met met -> {
                ledger.meet(met.store());
                note(seq, side -> side.met().add(met.store()));
            }
            case LogEntry.Heard heard -> {
                note(seq, side -> {});
                position = position.hearing(heard.upTo());
            }
            case LogEntry.Renamed renamed -> {
                StoreId before = position.store();
                ledger.meet(before);
                note(seq, side -> side.met().add(before));
                position = position.renamed(renamed.next(), renamed.common());
            }
            case LogEntry.Noted ignored -> note(seq, side -> {});
        }
    }

    /** The trail may have been off when the store was renamed. */
    private void catchUp() throws IOException {
        trail.renamed(position.seq(), position.store());
        trail.ended(position.seq());
        trail.sync();
    }

    private void note(long seq, Consumer<Memtable.Side> what) {
        memtable.note(seq, what);
        position = position.next();
    }

    private void replayVersion(StoredVersion stored, Tables tables, Winners winners) throws IOException {
        Version version = stored.version();
        Version known = memtable.generations().newest(version.key()) == null ? tables.winner(version.key()) : null;
        Memtable.Arrival arrival = memtable.arrive(stored, known);
        if (arrival.wins()) {
            winners.changed(arrival.before(), version);
        }
        ledger.reached(version.origin().store(), version.sequence());
        if (ledger.release(version.dot())) {
            memtable.growingSide().released().add(version);
        }
        position = position.next(version);
    }
}
