package dev.kvs.replication;

import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.security.Rights;
import dev.kvs.storage.Store;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.ReadLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens to documents, to be followed from any position. A position is what a follower has been shown of every store; it
 * means the same on every node and after a restart, so a follower may go on anywhere.
 *
 * <p>Nothing is queued for a follower: it reads what is behind its position from where replication reads, as fast as it can,
 * and a slow one costs no memory. What it reads after a long while may have been pruned; it is told that there is a hole.
 *
 * <p>Every version is shown once. Those of one key come in the order in which versions win ({@link VersionOrder}), and the last
 * is the winner. A version of another node that arrives after later ones were shown is left out if it has been replaced.
 */
public final class Changes {
    /** Of one store in a step: what a follower holds at a time. */
    private static final ReadLimit STRETCH = new ReadLimit(256, 1 << 20);

    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long syncs;

    /**
     * How far a follower has come.
     *
     * @param shown of every store, the sequence up to which everything was shown
     * @param latest no version that was shown has a higher timestamp
     */
    public record Position(VersionVector shown, long latest) {
        /** Before everything. */
        public static final Position START = new Position(VersionVector.EMPTY, 0);

        private Position behind(Version version) {
            return new Position(shown.with(version.dot()), Math.max(latest, version.hlc()));
        }
    }

    /**
     * One version that has become the document of its key, or has deleted it.
     *
     * @param position where to go on behind it
     * @param hole whether something that came before it is not kept any more
     */
    public record Change(Version version, Position position, boolean hole) {}

    /**
     * What came next.
     *
     * @param changes in the order in which they are to be shown
     * @param position where to go on; further than the last change's when what followed is of no interest
     * @param hole whether something behind the last change is not kept any more
     * @param more whether the next step has something already
     */
    public record Step(List<Change> changes, Position position, boolean hole, boolean more) {}

    Changes(Store store) {
        this.store = store;
        store.feed().onSynced(this::synced);
    }

    private void synced() {
        lock.lock();
        try {
            syncs++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The position behind all that has happened. */
    public Position now() {
        // In this order: what becomes durable in between only raises the bound.
        VersionVector knowledge = store.feed().knowledge();
        return new Position(knowledge, store.feed().latest());
    }

    /**
     * Whether all that a follower has been shown is here. Where it is not, what was shown elsewhere cannot be told from what is
     * new, and keys might go back: wait until it is.
     */
    public boolean covers(Position position) {
        return store.feed().knowledge().covers(position.shown());
    }

    /** How often something has become durable; to be asked before {@link #after}, and given to {@link #await}. */
    public long syncs() {
        lock.lock();
        try {
            return syncs;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has become durable since, at most so many nanoseconds; whether it has. */
    public boolean await(long since, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (syncs == since && left > 0) {
                left = more.awaitNanos(left);
            }
            return syncs != since;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next changes behind a position; a short stretch of them.
     *
     * @param interest what the follower asked for
     * @param rights of what he may not read he does not hear, nor of what was so once: the newest version's permissions
     *     count, too
     */
    public Step after(Position position, Predicate<Version> interest, Rights rights) {
        List<Stretch> stretches = stretches(position);
        long horizon = stretches.stream().mapToLong(Stretch::horizon).min().orElse(Long.MAX_VALUE);
        Progress progress = new Progress(position, interest, new Sight(rights));
        for (Stretch next = first(stretches, horizon); next != null; next = first(stretches, horizon)) {
            progress.take(next);
        }
        stretches.forEach(progress::finish);
        return progress.step(horizon != Long.MAX_VALUE);
    }

    private List<Stretch> stretches(Position position) {
        List<Stretch> stretches = new ArrayList<>();
        Set<Dot> heldBack = store.heldBack().stream().map(Version::dot).collect(Collectors.toSet());
        for (Dot known : store.feed().knowledge().dots()) {
            long has = position.shown().sequenceOf(known.store());
            if (has < known.sequence()) {
                Batch<Version> found = store.feed().versionsOf(known.store(), has, known.sequence(), STRETCH);
                stretches.add(Stretch.of(known, has, found, heldBack));
            }
        }
        return stretches;
    }

    /** The stretch whose next version comes before those of the others; null when none has one up to the horizon. */
    private static @Nullable Stretch first(List<Stretch> stretches, long horizon) {
        Stretch first = null;
        for (Stretch stretch : stretches) {
            if (stretch.hasNext(horizon)
                    && (first == null || VersionOrder.INSTANCE.compare(stretch.peek(), first.peek()) < 0)) {
                first = stretch;
            }
        }
        return first;
    }

    /** What one store has written behind the position. */
    private static final class Stretch {
        private final Dot through;
        private final List<Version> versions;
        private final boolean cut;
        private final boolean heldBack;
        private long reached;
        private int next;

        private Stretch(Dot through, long after, List<Version> versions, boolean cut, boolean heldBack) {
            this.through = through;
            this.versions = versions;
            this.cut = cut;
            this.heldBack = heldBack;
            this.reached = after;
        }

        /** What is held back is not stored yet, and neither is what the same store wrote later: it waits there. */
        static Stretch of(Dot known, long after, Batch<Version> batch, Set<Dot> heldBack) {
            List<Version> found = batch.items();
            for (int i = 0; i < found.size() && !heldBack.isEmpty(); i++) {
                if (heldBack.contains(found.get(i).dot())) {
                    return new Stretch(known, after, found.subList(0, i), false, true);
                }
            }
            return new Stretch(known, after, found, batch.more(), false);
        }

        /**
         * What comes after this time may be preceded by something that was not read yet. It is the highest of the stretch and
         * not the last, for not all is written in the order of its time; so one of the stretches that are cut is read to its end
         * in each step.
         */
        long horizon() {
            return cut ? versions.stream().mapToLong(Version::hlc).max().orElseThrow() : Long.MAX_VALUE;
        }

        boolean hasNext(long horizon) {
            return next < versions.size() && versions.get(next).hlc() <= horizon;
        }

        Version peek() {
            return versions.get(next);
        }

        /** Whether nothing is left of it, so that what is missing up to its end was pruned. */
        boolean isAtEnd() {
            return next == versions.size() && !cut && !heldBack;
        }
    }

    /** One step in the making. */
    private final class Progress {
        private final Predicate<Version> interest;
        private final Sight sight;
        private final List<Change> changes = new ArrayList<>();
        private Position position;
        private boolean hole;

        Progress(Position position, Predicate<Version> interest, Sight sight) {
            this.position = position;
            this.interest = interest;
            this.sight = sight;
        }

        void take(Stretch stretch) {
            Version version = stretch.versions.get(stretch.next++);
            hole |= version.sequence() != stretch.reached + 1;
            stretch.reached = version.sequence();
            boolean isShown = !version.key().isSystem() && interest.test(version) && isSeen(version) && isNews(version);
            position = position.behind(version);
            if (isShown) {
                changes.add(new Change(version, position, hole));
                hole = false;
            }
        }

        private boolean isSeen(Version version) {
            return sight.isUnlimited() || (sight.of(version) && sight.of(store.winner(version.key())));
        }

        /**
         * What is later than everything that was shown is news, and so is the winner of its key. What comes late and is not the
         * winner any more is left out: whether something that wins against it was shown cannot be known, for that may have
         * been pruned, here or where it came from.
         */
        private boolean isNews(Version version) {
            if (version.hlc() > position.latest) {
                return true;
            }
            Version winner = store.winner(version.key());
            return winner != null && winner.dot().equals(version.dot());
        }

        void finish(Stretch stretch) {
            StoreId id = stretch.through.store();
            if (stretch.isAtEnd() && position.shown.sequenceOf(id) < stretch.through.sequence()) {
                hole = true;
                position = new Position(position.shown.with(stretch.through), position.latest);
            }
        }

        Step step(boolean more) {
            return new Step(List.copyOf(changes), position, hole, more);
        }
    }
}
