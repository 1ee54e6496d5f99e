package dev.kvs.storage;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.storage.table.Tables;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's two threads and what they do: one writes the log, one checkpoints and keeps house. Without threads (in a
 * simulation) the same work is done by whoever waits for it, so a whole store runs on one thread.
 *
 * <p>{@link #working} serialises everything that writes to the tables; {@link #lock} guards only the waking and waiting.
 */
@SuppressWarnings("ThreadPriorityCheck") // The priority only shares the processor; nothing is right or wrong by it.
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** The first rounds make the file longer, if anything. */
    private static final int COMPACTION_ROUNDS_MIN = 3;

    private final Store store;
    private final Memtable memtable;
    private final CommitLog commits;
    private final Tables tables;
    private final StorageFailure failure;
    private final StoreSettings settings;
    private final Time time;
    private final StorageMetrics metrics;
    private final boolean threaded;
    private final Checkpoint checkpoint;
    private final Housekeeping housekeeping;
    private final Winners winners;
    private volatile Predicate<Version> knownEverywhere = version -> true;
    private final ReentrantLock working = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Thread logThread;
    private final Thread workThread;
    private boolean woken;
    private volatile boolean hurried;
    private volatile boolean closing;

    Maintenance(
            Store store,
            Store.Parts parts,
            StoreSettings settings,
            Time time,
            StorageMetrics metrics,
            boolean threaded) {
        this.store = store;
        this.memtable = parts.memtable();
        this.commits = parts.commits();
        this.tables = parts.tables();
        this.failure = parts.failure();
        this.settings = settings;
        this.time = time;
        this.metrics = metrics;
        this.threaded = threaded;
        this.checkpoint = new Checkpoint(
                parts.disk(),
                tables,
                parts.log(),
                commits,
                parts.ledger(),
                parts.trail(),
                settings.tables().historyMax());
        this.winners = parts.winners();
        this.housekeeping = new Housekeeping(tables, memtable, winners, settings.epochMillis());
        this.logThread = Thread.ofPlatform().name("kvs-log").daemon().unstarted(commits::writeGroups);
        this.workThread = Thread.ofPlatform()
                .name("kvs-checkpoint")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .unstarted(this::work);
    }

    /** Starts the threads of a threaded store. */
    void start() {
        if (threaded) {
            logThread.start();
            workThread.start();
        }
    }

    /** Asks for a checkpoint soon. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the running checkpoint have its full share of the processor. It begins with less, because as long as writers have
     * room its work can wait and a reader's cannot.
     */
    void hurry() {
        if (!hurried) {
            hurried = true;
            workThread.setPriority(Thread.NORM_PRIORITY);
        }
    }

    /** Blocks until the memtable has room again, or refuses with {@code overloaded}. */
    void awaitRoom() {
        if (!threaded) {
            checkpointNow();
            return;
        }
        hurry();
        long left = TimeUnit.MILLISECONDS.toNanos(settings.writeWaitMillis());
        lock.lock();
        try {
            woken = true;
            wanted.signal();
            while (memtable.bytes() >= settings.memtableMaxBytes()) {
                failure.check();
                if (left <= 0) {
                    throw new KvsException(
                            ErrorCode.OVERLOADED,
                            "The node takes writes faster than its disk; the memtable of "
                                    + settings.memtableMaxBytes() + " bytes was full for " + settings.writeWaitMillis()
                                    + " ms. Try again in a moment.");
                }
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvsException(ErrorCode.OVERLOADED, "The request was interrupted while waiting for room.");
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (!closing) {
            try {
                if (awaitWake()) {
                    checkpointNow();
                }
                keepHouseNow();
            } catch (KvsException e) {
                LOG.debug("The storage has failed; maintenance rests.", e);
            }
        }
    }

    /** Waits to be woken, at most until housekeeping is due; returns whether a checkpoint is wanted. */
    private boolean awaitWake() {
        long left = TimeUnit.MILLISECONDS.toNanos(settings.housekeepingMillis());
        lock.lock();
        try {
            while (!woken && !closing && left > 0) {
                left = wanted.awaitNanos(left);
            }
            boolean was = woken;
            woken = false;
            return was;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the checkpoint thread", e);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the grown generation into the tables. */
    void checkpointNow() {
        try {
            guarded("writing a checkpoint", this::checkpoint);
        } finally {
            // Also when it has failed: whoever waits for room must hear of that now and not when its time is up.
            lock.lock();
            try {
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void checkpoint() throws IOException {
        long began = time.monotonicNanos();
        Rotation rotation = commits.rotate();
        workThread.setPriority(Thread.MIN_PRIORITY);
        hurried = false;
        rotation.awaitSynced();
        Checkpoint.Done done = checkpoint.write(rotation);
        store.cacheWinners(rotation.generation());
        memtable.drop();
        metrics.checkpointed(done.versions(), done.keys(), time.monotonicNanos() - began);
    }

    /** Called between two steps of long work, which would fill the memtable and have writers refused. */
    private void giveWay() {
        if (memtable.growingBytes() >= settings.checkpointBytes()) {
            checkpointNow();
        }
    }

    /** Leaves the judgement whether all stores know a version to the floor above. */
    void collectOnly(Predicate<Version> rule) {
        knownEverywhere = rule;
    }

    /**
     * Takes the digest to an epoch: what may be collected by then leaves it. Checkpoints, because what housekeeping removes
     * must never stand in the digest that a restart would read.
     */
    void passEpoch(long target) {
        guarded("passing an epoch", () -> {
            while (winners.epoch() < target) {
                giveWay();
                Housekeeping.Collectable fromTables = housekeeping.collectableBetween(winners.epoch(), target);
                commits.exclusively(() -> {
                    Map<Key, Version> concerned = new HashMap<>(fromTables.winners());
                    Memtable.Generations generations = memtable.generations();
                    for (Memtable.Entry entry : generations.growing().newestWhere(hash -> true)) {
                        concerned.put(entry.winner().key(), entry.winner());
                    }
                    winners.pass(fromTables.until(), concerned.values());
                    return null;
                });
            }
            if (tables.meta().epoch() < target) {
                checkpointNow();
            }
        });
    }

    /**
     * Works through the agenda, batch by batch, as it is at one moment: what became collectable after the epoch of that moment
     * would be due again at once, for ever.
     */
    void keepHouseNow() {
        long now = time.epochMillis();
        passEpoch(settings.epochAt(now));
        guarded("removing what has expired", () -> {
            boolean more = true;
            while (more && !closing) {
                giveWay();
                Housekeeping.Done done = housekeeping.run(now, knownEverywhere);
                more = done.more();
                if (!done.isNothing()) {
                    checkpoint.commitHousekeeping();
                    store.forget(done.forgotten());
                    store.uncache(done.changed());
                    metrics.collected(done.expired(), done.forgotten().size() - done.expired());
                }
            }
        });
    }

    /** Gives the store another name, see {@link Store#rename}. The manifest allows it first, then the log says it. */
    void rename(StoreId lost, StoreId next) {
        guarded("renaming the store", () -> {
            if (store.id().equals(lost)) {
                checkpoint.announce(next);
                new Renaming(store, commits, time).append(next).await();
            }
        });
    }

    /** Compacts the tables' file, round by round: each gives back what the one before has left behind. */
    void compactNow(int millis) {
        guarded("compacting", () -> {
            int rounds = 0;
            long before;
            do {
                before = tables.fileBytes();
                tables.compact(millis);
                checkpoint.commitHousekeeping();
                rounds++;
            } while (rounds < COMPACTION_ROUNDS_MIN || tables.fileBytes() < before - before / 20);
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void guarded(String doing, Work work) {
        working.lock();
        try {
            failure.check();
            work.run();
        } catch (KvsException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            failure.report(doing, e);
            throw failure.refusal();
        } finally {
            working.unlock();
        }
    }

    /** Ends both threads, then writes a last checkpoint if the storage is well. */
    void close() {
        closing = true;
        commits.close();
        wake();
        if (threaded) {
            joinUninterruptibly(logThread);
            joinUninterruptibly(workThread);
        }
        if (failure.reason() == null && !memtable.generations().growing().isEmpty()) {
            try {
                checkpointNow();
            } catch (KvsException e) {
                LOG.warn("The last checkpoint failed; the log keeps everything for the next start: {}", e.detail());
            }
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
