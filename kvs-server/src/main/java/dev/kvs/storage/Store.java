package dev.kvs.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.platform.Time;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.log.WriteAheadLog;
import dev.kvs.storage.table.KeyHistory;
import dev.kvs.storage.table.Tables;
import dev.kvs.wire.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store: what the floors above know of storage. Opened by {@link StoreOpening}.
 *
 * <p>Writing: the caller holds the key's stripe, reads {@link #newest}, decides, and calls {@link #write}; then it lets the
 * stripe go and waits for {@link Commit#await}. Reading: {@link #winner}, {@link #history} and {@link #scan} see synced
 * versions only. All methods may be called from any thread; those that touch the disk throw {@link KvsException} with
 * {@code storage_failed} when it fails.
 */
public final class Store implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** What the cache's own bookkeeping and a key's two objects take. */
    private static final int CACHED_BYTES = 160;

    private final StoreSettings settings;
    private final Time time;
    private final Memtable memtable;
    private final Ledger ledger;
    private final Winners winners;
    private final CommitLog commits;
    private final WriteAheadLog log;
    private final Tables tables;
    private final Trail trail;
    private final StorageFailure failure;
    private final StorageMetrics metrics;
    private final Cache<Key, @Nullable Version> cache;
    private final Feed feed;
    private final Maintenance maintenance;

    Store(Parts parts, StoreSettings settings, Time time, StorageMetrics metrics, boolean threaded) {
        this.settings = settings;
        this.time = time;
        this.metrics = metrics;
        this.memtable = parts.memtable();
        this.ledger = parts.ledger();
        this.winners = parts.winners();
        this.commits = parts.commits();
        this.log = parts.log();
        this.tables = parts.tables();
        this.trail = parts.trail();
        this.failure = parts.failure();
        this.cache = Caffeine.newBuilder()
                .maximumWeight(settings.cacheMaxBytes())
                .weigher((Key key, Version version) -> version.footprint() + CACHED_BYTES + 2 * key.utf8().length)
                .executor(Runnable::run)
                .build();
        this.feed = new Feed(this, parts);
        this.maintenance = new Maintenance(this, parts, settings, time, metrics, threaded);
    }

    void start() {
        maintenance.start();
    }

    /** What a store is made of. */
    record Parts(
            Disk disk,
            Memtable memtable,
            Ledger ledger,
            Winners winners,
            CommitLog commits,
            WriteAheadLog log,
            Tables tables,
            Trail trail,
            StorageFailure failure) {}

    /** The identity of this data directory; another one after {@link #rename}. */
    public StoreId id() {
        return commits.origin().store();
    }

    /**
     * Goes on under another identity, durably, because others know of writes under the old one that are not here: the disk was
     * taken back to an earlier state. What was written since the store was opened is written again under the new identity, for
     * its old dots may be taken; what is from before is the same everywhere. Nothing when the store has been renamed already.
     *
     * @param lost the old identity
     */
    public void rename(StoreId lost, StoreId next) {
        maintenance.rename(lost, next);
    }

    /** The node that this store writes as. */
    public NodeId node() {
        return commits.origin().node();
    }

    /** When this data directory was founded, milliseconds since the epoch: the earlier one wins a tie. */
    public long joinedMillis() {
        return commits.origin().joinedMillis();
    }

    /** Whether and why the storage has failed. */
    public StorageFailure failure() {
        return failure;
    }

    /**
     * Waits until there is room for a write; call before taking any lock. Throws {@code overloaded} after
     * {@link StoreSettings#writeWaitMillis}.
     */
    public void awaitRoom() {
        failure.check();
        if (memtable.bytes() >= settings.memtableMaxBytes()) {
            maintenance.awaitRoom();
        }
    }

    /**
     * Mints the proposals' versions in order and in one log frame; all of them become durable or none.
     *
     * @param actor who has asked for it, at most 255 bytes in UTF-8; empty for the node itself
     * @param conflicts conflicts that these versions close, as they stand after them
     */
    public Commit write(String actor, List<Proposal> proposals, List<Conflict> conflicts) {
        return appended(commits.append(actor, proposals, conflicts));
    }

    /** As {@link #write(String, List, List)}, for what the node itself does. */
    public Commit write(List<Proposal> proposals, List<Conflict> conflicts) {
        return write("", proposals, conflicts);
    }

    /** Appends an event for the {@link Trail} to the log; nobody has to wait for it. */
    public Commit note(byte[] event) {
        return appended(commits.append(event));
    }

    /** Blocks until the {@link Trail} was told of everything that was appended before the call. */
    public void awaitTold() {
        commits.awaitTold();
    }

    /** Stores what came from another node, in one log frame. */
    public Commit receive(Arrivals arrivals) {
        return appended(commits.append(arrivals));
    }

    private Commit appended(Commit commit) {
        long growing = memtable.growingBytes();
        if (growing >= settings.checkpointBytes()) {
            maintenance.wake();
        }
        if (growing >= settings.memtableMaxBytes() / 4) {
            maintenance.hurry();
        }
        return commit;
    }

    /** The newest appended winner of a key, synced or not, whatever its kind: what conditions are decided against. */
    public @Nullable Version newest(Key key) {
        Memtable.Entry entry = memtable.generations().newest(key);
        return entry != null ? entry.winner() : fromTables(key);
    }

    /** The winner of a key as far as it is synced, whatever its kind; null when the key is not known. */
    public @Nullable Version winner(Key key) {
        Memtable.Entry entry = memtable.generations().synced(key, commits.synced());
        return entry != null ? entry.winner() : fromTables(key);
    }

    private @Nullable Version fromTables(Key key) {
        Version cached = cache.getIfPresent(key);
        if (cached != null) {
            return cached;
        }
        metrics.cacheMissed();
        return cache.get(key, this::load);
    }

    private @Nullable Version load(Key key) {
        try {
            return tables.winner(key);
        } catch (IOException e) {
            throw readFailed(e);
        }
    }

    /** The kept revisions of a key that are synced, in arrival order, cut to the configured number. */
    public KeyHistory history(Key key) {
        Memtable.Generations generations = memtable.generations();
        long synced = commits.synced();
        try {
            KeyHistory older = tables.history(key);
            // A set, because the tables may have got by now what was being written when the generations were taken.
            Set<Version> all = new LinkedHashSet<>(older.versions());
            if (generations.flushing() != null) {
                all.addAll(generations.flushing().syncedOf(key, synced));
            }
            all.addAll(generations.growing().syncedOf(key, synced));
            return new KeyHistory(List.copyOf(all), older.pruned())
                    .cut(settings.tables().historyMax(), version -> isNamed(ledger.conflict(key), version));
        } catch (IOException e) {
            throw readFailed(e);
        }
    }

    private static boolean isNamed(@Nullable Conflict conflict, Version version) {
        return conflict != null
                && conflict.rivals().stream().anyMatch(rival -> rival.uuid().equals(version.uuid()));
    }

    /** The conflict of a key, open or closed, synced or not; null when there is none. */
    public @Nullable Conflict conflict(Key key) {
        return ledger.conflict(key);
    }

    /** All conflicts about keys of one keyspace, in no order. */
    public Collection<Conflict> conflicts(Keyspace keyspace) {
        return ledger.conflicts(keyspace);
    }

    /** How many keys of one keyspace have a conflict that nothing has settled yet. */
    public int openConflicts(Keyspace keyspace) {
        return (int) conflicts(keyspace).stream().filter(Conflict::isOpen).count();
    }

    /** Versions from too far in the future, by timestamp. */
    public Collection<Version> heldBack() {
        return ledger.heldBack();
    }

    /** What these take in memory, in bytes. */
    public long heldBackBytes() {
        return ledger.heldBackBytes();
    }

    /** What replication reads. */
    public Feed feed() {
        return feed;
    }

    /** Takes the digest of the winners to an epoch, milliseconds since the epoch: what may be collected by then leaves it. */
    public void passEpoch(long epochMillis) {
        maintenance.passEpoch(epochMillis);
    }

    /** The epoch that the digest of the winners is of. */
    public long epoch() {
        return winners.epoch();
    }

    /** Lets housekeeping remove only what the rule accepts; without one it removes all that is due. */
    public void collectOnly(Predicate<Version> rule) {
        maintenance.collectOnly(rule);
    }

    /** Does something while nothing is appended. Quick work only: every writer waits. */
    public <T> T exclusively(Supplier<T> quick) {
        return commits.exclusively(quick);
    }

    /**
     * Keys of one keyspace in byte order with {@code start <= key < end}, in order or reversed, that a reader sees now.
     *
     * @param start first bytes, inclusive; null for the beginning
     * @param end last bytes, exclusive; null for the end
     */
    public Scan scan(Keyspace keyspace, byte @Nullable [] start, byte @Nullable [] end, boolean reverse) {
        return new Scan(
                this, memtable.generations(), commits.synced(), time.epochMillis(), keyspace, start, end, reverse);
    }

    Tables tables() {
        return tables;
    }

    /** What a failed read becomes; damage poisons the store. */
    KvsException readFailed(IOException cause) {
        if (cause instanceof DamagedException) {
            failure.report("reading the tables", cause);
            return failure.refusal();
        }
        LOG.warn("A read from the tables failed.", cause);
        return new KvsException(
                ErrorCode.STORAGE_FAILED, "The node could not read its storage: " + cause.getMessage() + ".");
    }

    /** Puts what a checkpoint has brought into the tables into the cache; called before the generation is dropped. */
    void cacheWinners(Memtable.Generation generation) {
        for (Memtable.Entry entry : generation.newestInOrder()) {
            cache.put(entry.winner().key(), entry.winner());
        }
    }

    /** Forgets keys that housekeeping has removed, and their conflicts; called after its commit. */
    void forget(List<Key> keys) {
        uncache(keys);
        commits.exclusively(() -> {
            ledger.forget(keys.stream()
                    .filter(key -> memtable.generations().newest(key) == null)
                    .toList());
            return null;
        });
    }

    /** Forgets what housekeeping has changed; called after its commit. */
    void uncache(List<Key> keys) {
        cache.invalidateAll(keys);
    }

    /** The store's state now. */
    public StoreStats stats() {
        return new StoreStats(
                commits.synced(),
                tables.meta().applied(),
                memtable.bytes(),
                log.bytes(),
                tables.fileBytes(),
                tables.fillRate(),
                cache.estimatedSize());
    }

    /** Brings everything synced into the tables now and cuts the log. */
    public void checkpoint() {
        maintenance.checkpointNow();
    }

    /** Works through what is due (expiry, tombstones) now. */
    public void keepHouse() {
        maintenance.keepHouseNow();
    }

    /** Compacts the tables' file for at most about {@code millis}, 1 or more. */
    public void compact(int millis) {
        maintenance.compactNow(millis);
    }

    /** Syncs what was appended, writes a last checkpoint so that the next start is quick, and closes the files. */
    @Override
    public void close() throws IOException {
        maintenance.close();
        try (trail;
                log) {
            tables.close();
        }
    }
}
