package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Time;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.log.LogBatch;
import dev.kvs.storage.log.WriteAheadLog;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit. Writers append under a short lock, which mints their versions in one order, and wait; one thread takes all
 * that has gathered, writes it as one frame with one sync, and wakes them together. While a frame is being synced the next
 * group gathers, so the more writers there are the fewer syncs each costs.
 *
 * <p>The same lock orders everything that must not see half an append: switching memtable generations, and the counters.
 */
final class CommitLog {
    private final WriteAheadLog log;
    private final Memtable memtable;
    private final Time time;
    private final StorageFailure failure;
    private final StorageMetrics metrics;
    private final Trail trail;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final LogBatch batch = new LogBatch();
    private final InlineActors actors = new InlineActors();
    private final boolean threaded;
    private final Ledger ledger;
    private final Winners winners;
    private final Groups groups;
    private volatile Group lastAppended;
    private Position last;
    private long opened;
    private volatile Origin origin;
    private boolean closing;
    private volatile Position synced;
    private final List<Runnable> onSynced = new CopyOnWriteArrayList<>();
    private volatile Consumer<Version> onSystemWinner = winner -> {};

    CommitLog(
            WriteAheadLog log,
            Memtable memtable,
            Ledger ledger,
            Winners winners,
            Time time,
            Origin origin,
            Position start,
            StorageFailure failure,
            StorageMetrics metrics,
            Trail trail,
            boolean threaded) {
        this.trail = trail;
        this.log = log;
        this.memtable = memtable;
        this.ledger = ledger;
        this.winners = winners;
        this.time = time;
        this.origin = origin;
        this.last = start;
        this.synced = start;
        this.opened = start.sequence();
        this.failure = failure;
        this.metrics = metrics;
        this.threaded = threaded;
        this.groups = new Groups(() -> new Group(failure, driver()));
        this.lastAppended = Group.recovered(failure);
    }

    /** Without a thread the log is driven by whoever waits. */
    private Runnable driver() {
        return threaded ? () -> {} : this::writeGathered;
    }

    /** Mints versions for the proposals, in order and in one frame, and makes them visible to {@link Store#newest}. */
    Commit append(String actor, List<Proposal> proposals, List<Conflict> conflicts) {
        long now = time.epochMillis();
        return appending(() -> {
            List<Version> minted = new ArrayList<>(proposals.size());
            for (Proposal proposal : proposals) {
                minted.add(mint(actor, proposal, now));
            }
            conflicts.forEach(this::dispute);
            return minted;
        });
    }

    /** Appends what came from elsewhere, in one frame. */
    Commit append(Arrivals arrivals) {
        return appending(() -> {
            List<Version> stored = new ArrayList<>(arrivals.versions().size());
            for (Arrivals.Arrival arrival : arrivals.versions()) {
                gather(new LogEntry.Arrived(add(arrival.version(), arrival.rival())));
                stored.add(arrival.version());
            }
            for (Version version : arrivals.heldBack()) {
                groups.gathering().weigh(version);
                ledger.hold(version);
                enter(new LogEntry.HeldBack(version), side -> side.heldBack().add(version));
            }
            last = last.holdingBackFrom(ledger.heldBackFrom());
            arrivals.conflicts().forEach(this::dispute);
            arrivals.heard().dots().forEach(this::hear);
            return stored;
        });
    }

    private Commit appending(Supplier<List<Version>> work) {
        lock.lock();
        try {
            failure.check();
            if (closing) {
                throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node is shutting down; ask another one.");
            }
            groups.makeRoom();
            List<Version> versions = work.get();
            Group gathering = groups.gathering();
            if (!gathering.isEmpty()) {
                gathering.endAt(last);
                lastAppended = gathering;
                this.work.signal();
            }
            return new Commit(versions, gathering.isEmpty() ? lastAppended : gathering);
        } finally {
            lock.unlock();
        }
    }

    private Version mint(String actor, Proposal proposal, long now) {
        long hlc = proposal.hlc() == Proposal.NOW ? Hlc.next(last.hlc(), now) : proposal.hlc();
        Version.Draft draft = new Version.Draft(
                proposal.key(),
                proposal.uuid(),
                hlc,
                origin,
                last.sequence() + 1,
                proposal.seen().with(new Dot(origin.store(), last.sequence() + 1)),
                proposal.expiresAt(),
                proposal.kind(),
                proposal.acl());
        Version version = draft.seal(proposal.body(), proposal.bodyHash());
        StoredVersion stored = add(version, proposal.replaces());
        gather(new LogEntry.Written(stored, actor));
        return version;
    }

    /** Puts a version into the memtable. {@code known} is the key's winner, unless the memtable knows better. */
    private StoredVersion add(Version version, @Nullable Version known) {
        last = last.next(version);
        StoredVersion stored = new StoredVersion(last.seq(), version);
        groups.gathering().weigh(version);
        Memtable.Arrival arrival = memtable.arrive(stored, known);
        if (arrival.wins()) {
            winners.changed(arrival.before(), version);
            if (version.key().isSystem()) {
                groups.gathering().systemWinners().add(version);
            }
        }
        ledger.reached(version.origin().store(), version.sequence());
        if (ledger.release(version.dot())) {
            memtable.growingSide().released().add(version);
        }
        return stored;
    }

    /** Appends an event for the trail. */
    Commit append(byte[] event) {
        return appending(() -> {
            enter(new LogEntry.Noted(event), side -> {});
            return List.of();
        });
    }

    private void dispute(Conflict conflict) {
        List<Key> forgotten = ledger.record(conflict);
        enter(new LogEntry.Disputed(conflict), side -> {
            side.conflicts().put(conflict.key(), conflict);
            side.forgotten().addAll(forgotten);
        });
    }

    private void hear(Dot upTo) {
        if (!upTo.store().equals(origin.store()) && !last.heard().contains(upTo)) {
            enter(new LogEntry.Heard(upTo), side -> {});
            last = last.hearing(upTo);
        }
    }

    /** Remembers that a store exists; nothing when that is known. Returns at once. */
    void meet(StoreId store) {
        if (!store.equals(origin.store()) && !ledger.met().contains(store)) {
            appending(() -> {
                if (ledger.meet(store)) {
                    enter(new LogEntry.Met(store), side -> side.met().add(store));
                }
                return List.of();
            });
        }
    }

    /** Who writes here. */
    Origin origin() {
        return origin;
    }

    /** The last origin sequence that was given before the store was opened; under its present name. */
    long opened() {
        return opened;
    }

    /**
     * Goes on under another name, in one frame with what is written under that at once.
     *
     * @param common up to where others have the same under the old name
     */
    Commit rename(Origin next, long common, Arrivals first) {
        return exclusively(() -> {
            appending(() -> {
                StoreId before = origin.store();
                ledger.meet(before);
                enter(
                        new LogEntry.Renamed(next.store(), common),
                        side -> side.met().add(before));
                origin = next;
                opened = 0;
                last = last.renamed(next.store(), common);
                return List.of();
            });
            return append(first);
        });
    }

    private void enter(LogEntry entry, Consumer<Memtable.Side> note) {
        last = last.next();
        memtable.note(last.seq(), note);
        gather(entry);
    }

    private void gather(LogEntry entry) {
        groups.gathering().add(entry, last.seq());
    }

    /** The last log sequence that is durable; readers see nothing beyond it. */
    long synced() {
        return synced.seq();
    }

    /** How far what is durable reaches. */
    Position durable() {
        return synced;
    }

    /** What is here, of all stores, synced or not. */
    VersionVector appendedKnowledge() {
        return exclusively(() -> last.knowledge());
    }

    /** Does something that must not see half an append. Quick work only: every writer waits. */
    <T> T exclusively(Supplier<T> quick) {
        lock.lock();
        try {
            return quick.get();
        } finally {
            lock.unlock();
        }
    }

    /** Switches memtable generations between two appends; returns the full one and where the log stood. */
    Rotation rotate() {
        return exclusively(() -> new Rotation(memtable.rotate(), last, lastAppended, winners.takeChanged()));
    }

    /** Writes groups until the log is closed; the body of the log thread. */
    void writeGroups() {
        while (awaitWork()) {
            writeGroup();
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            while (groups.isEmpty() && !closing) {
                work.awaitUninterruptibly();
            }
            return !groups.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void writeGathered() {
        while (!exclusively(groups::isEmpty)) {
            writeGroup();
        }
    }

    /** Writes what has gathered first as one frame; nothing when nothing has. */
    private void writeGroup() {
        Group group = exclusively(groups::take);
        if (group.isEmpty()) {
            return;
        }
        try {
            failure.check();
            long began = time.monotonicNanos();
            log.append(encode(group), group.first());
            metrics.logSynced(group.entries().size(), time.monotonicNanos() - began);
            synced = group.end();
            // Before anybody is told that it is durable: what the system has changed is in force by then.
            group.systemWinners().forEach(onSystemWinner);
            group.nowSynced();
            onSynced.forEach(Runnable::run);
            tell(group);
        } catch (IOException | RuntimeException | Error e) {
            failure.report("writing the log", e);
            group.failed(e);
        } finally {
            group.nowTold();
        }
    }

    /** After the writers were woken: what the trail does meanwhile is done again from the log if it gets lost. */
    private void tell(Group group) throws IOException {
        long seq = group.first();
        for (LogEntry entry : group.entries()) {
            entry.tell(trail, seq);
            seq++;
        }
        trail.ended(seq - 1);
    }

    /** Blocks until the trail was told of everything that has been appended before the call, or could not be told. */
    void awaitTold() {
        lastAppended.awaitTold();
    }

    private LogBatch encode(Group group) throws IOException {
        batch.clear();
        for (LogEntry entry : group.entries()) {
            entry.encode(batch, actors);
        }
        return batch;
    }

    /** Bytes in all log segments. */
    long bytes() {
        return log.bytes();
    }

    /** Tells {@code listener} of every sync from now on; it must be quick, for it holds up the log. */
    void onSynced(Runnable listener) {
        onSynced.add(listener);
    }

    /** Tells {@code listener} of every system key's new winner, as {@link #onSynced}; it must not throw. */
    void onSystemWinner(Consumer<Version> listener) {
        onSystemWinner = listener;
    }

    /** Lets the log thread end once everything that was appended is written. */
    void close() {
        exclusively(() -> {
            closing = true;
            work.signalAll();
            return true;
        });
        if (!threaded) {
            writeGathered();
        }
    }
}
