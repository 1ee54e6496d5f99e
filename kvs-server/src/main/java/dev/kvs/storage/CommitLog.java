package dev.kvs.storage;

import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.KvsException;
import dev.kvs.model.Origin;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.format.VersionCodec;
import dev.kvs.storage.log.LogBatch;
import dev.kvs.storage.log.RecordKind;
import dev.kvs.storage.log.WriteAheadLog;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
    private final Origin origin;
    private final StorageFailure failure;
    private final StorageMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final LogBatch batch = new LogBatch();
    private final InlineActors actors = new InlineActors();
    private final boolean threaded;
    private Group gathering = new Group();
    private Group lastAppended = synced(new Group());
    private Position last;
    private boolean closing;
    private volatile long synced;

    /**
     * How far the log has come.
     *
     * @param seq last log sequence
     * @param sequence last origin sequence of this store
     * @param hlc highest timestamp
     */
    record Position(long seq, long sequence, long hlc) {}

    /** The writers that share one frame. */
    final class Group {
        private final List<StoredVersion> versions = new ArrayList<>();
        private final CompletableFuture<Boolean> synced = new CompletableFuture<>();

        /** Blocks until the frame is synced; drives the log itself when no thread does. */
        void await() {
            if (!threaded && !synced.isDone()) {
                writeGroup();
            }
            try {
                synced.join();
            } catch (CompletionException e) {
                throw failure.refusal();
            }
        }
    }

    CommitLog(
            WriteAheadLog log,
            Memtable memtable,
            Time time,
            Origin origin,
            Position start,
            StorageFailure failure,
            StorageMetrics metrics,
            boolean threaded) {
        this.log = log;
        this.memtable = memtable;
        this.time = time;
        this.origin = origin;
        this.last = start;
        this.synced = start.seq();
        this.failure = failure;
        this.metrics = metrics;
        this.threaded = threaded;
    }

    /** Before the first append: what recovery brought into the memtable came from the synced log. */
    private static Group synced(Group group) {
        group.synced.complete(true);
        return group;
    }

    /** Mints versions for the proposals, in order and in one frame, and makes them visible to {@link Store#newest}. */
    Commit append(List<Proposal> proposals) {
        long now = time.epochMillis();
        List<Version> minted = new ArrayList<>(proposals.size());
        lock.lock();
        try {
            failure.check();
            if (closing) {
                throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node is shutting down; ask another one.");
            }
            for (Proposal proposal : proposals) {
                minted.add(mint(proposal, now));
            }
            lastAppended = gathering;
            work.signal();
            return new Commit(minted, gathering);
        } finally {
            lock.unlock();
        }
    }

    private Version mint(Proposal proposal, long now) {
        last = new Position(last.seq + 1, last.sequence + 1, Hlc.next(last.hlc, now));
        Version.Draft draft = new Version.Draft(
                proposal.key(),
                proposal.uuid(),
                last.hlc,
                origin,
                last.sequence,
                proposal.seen().with(new Dot(origin.store(), last.sequence)),
                proposal.expiresAt(),
                proposal.kind(),
                proposal.acl());
        StoredVersion stored = new StoredVersion(last.seq, draft.seal(proposal.body(), proposal.bodyHash()));
        // Its timestamp is above everything stored here, so it wins without looking.
        memtable.insert(stored, stored.version());
        gathering.versions.add(stored);
        return stored.version();
    }

    /** The last log sequence that is durable; readers see nothing beyond it. */
    long synced() {
        return synced;
    }

    /** Switches memtable generations between two appends; returns the full one and where the log stood. */
    Rotation rotate() {
        lock.lock();
        try {
            return new Rotation(memtable.rotate(), last, lastAppended);
        } finally {
            lock.unlock();
        }
    }

    /** A full generation, where the log stood when it was closed, and the last group that wrote into it. */
    record Rotation(Memtable.Generation generation, Position position, Group lastGroup) {
        /** Blocks until everything in the generation is durable: nothing else may reach the tables. */
        void awaitSynced() {
            if (!generation.isEmpty()) {
                lastGroup.await();
            }
        }
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
            while (gathering.versions.isEmpty() && !closing) {
                work.awaitUninterruptibly();
            }
            return !gathering.versions.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what has gathered as one frame; nothing when nothing has. */
    void writeGroup() {
        Group group;
        lock.lock();
        try {
            group = gathering;
            if (group.versions.isEmpty()) {
                return;
            }
            gathering = new Group();
        } finally {
            lock.unlock();
        }
        try {
            failure.check();
            long began = time.monotonicNanos();
            log.append(encode(group), group.versions.getFirst().seq());
            metrics.logSynced(group.versions.size(), time.monotonicNanos() - began);
            synced = group.versions.getLast().seq();
            group.synced.complete(true);
        } catch (IOException | RuntimeException | Error e) {
            failure.report("writing the log", e);
            group.synced.completeExceptionally(e);
        }
    }

    private LogBatch encode(Group group) throws IOException {
        batch.clear();
        for (StoredVersion stored : group.versions) {
            Version version = stored.version();
            Encoder out = batch.begin(RecordKind.VERSION);
            out.putBlock(version.key().utf8()).putLong(version.hlc());
            VersionCodec.encode(out, version, actors, BodyCompression.OFF);
            batch.end();
        }
        return batch;
    }

    /** Bytes in all log segments. */
    long bytes() {
        return log.bytes();
    }

    /** Lets the log thread end once everything that was appended is written. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        if (!threaded) {
            writeGroup();
        }
    }
}
