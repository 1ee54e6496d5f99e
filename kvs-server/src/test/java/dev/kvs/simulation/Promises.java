package dev.kvs.simulation;

import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients were told: the writes that were acknowledged, and what that is worth after disks have been lost. */
final class Promises {
    private final Map<Key, List<Promise>> byKey = new LinkedHashMap<>();
    private final List<Promise> all = new ArrayList<>();
    private final Map<Key, Long> doubts = new HashMap<>();
    private final Map<StoreId, Long> forks = new HashMap<>();
    private final Scenario scenario;
    private int excused;

    Promises(Scenario scenario) {
        this.scenario = scenario;
    }

    /** One acknowledged write. */
    static final class Promise {
        private final Version version;
        private int copies = 1;
        private int disksLost;
        private final boolean forked;
        private boolean excused;
        private boolean restartedSince;
        private boolean overtaken;
        private int disksLostBefore;

        /** What was promised; {@code forked} when its dot may be that of another write, from before a disk was taken back. */
        private Promise(Version version, boolean forked) {
            this.version = version;
            this.forked = forked;
        }

        Version version() {
            return version;
        }

        /** So many nodes were said to hold it. */
        void confirmed(int nodes) {
            copies = Math.max(copies, nodes);
        }

        /** Whether it was lost with the only disk that had it, as is told to whoever does not wait for a second one. */
        boolean isExcused() {
            return excused;
        }

        /** Whether another write may have its dot, so that who has seen the dot may have seen the other one. */
        boolean isForked() {
            return forked;
        }

        /**
         * Whether it may be missing in the history of a node if it has lost a conflict (decision 0010): what the dot was given to
         * first, where the other write came first; and what it was given to again, on others than its own node, if that was
         * restarted before it could learn of it.
         */
        boolean mayMissInHistoryOf(SimNode node) {
            return overtaken
                    || (forked && restartedSince && !version.origin().node().equals(node.id()));
        }

        /** Whether some node must have it, although its own disk was taken back to before it and its dot given again. */
        boolean staysSomewhere() {
            return overtaken && disksLost == disksLostBefore;
        }

        /** Whether the disk that it was written to was taken back to before it, and its dot may have been given again. */
        boolean isOvertaken() {
            return overtaken;
        }

        /** The disk that it was written to has been taken back to before it. */
        private void overtake() {
            if (!overtaken && !forked) {
                overtaken = true;
                disksLostBefore = disksLost;
            }
        }

        /** Whether this is the promised write, under whatever dot and date: the same UUID, and nothing else is different. */
        boolean isKeptAs(Version other) {
            return other.uuid().equals(version.uuid())
                    && other.kind() == version.kind()
                    && other.expiresAt() == version.expiresAt()
                    && other.acl().equals(version.acl())
                    && Arrays.equals(other.bodyHash(), version.bodyHash());
        }
    }

    Promise add(Version version) {
        Promise promise = new Promise(version, isAmbiguous(version.dot()));
        byKey.computeIfAbsent(version.key(), _ -> new ArrayList<>()).add(promise);
        all.add(promise);
        return promise;
    }

    /** Something that can be collected, dated no later than this, may or may not have been written. */
    void doubt(Key key, long latestMillis) {
        doubts.merge(key, latestMillis, Math::max);
    }

    List<Promise> all() {
        return all;
    }

    int excused() {
        return excused;
    }

    /** A disk was taken back, and its store has been opened and will write on where that earlier state ends. */
    void forked(DiskSnapshot earlier) {
        long last = earlier.knowledge().sequenceOf(earlier.store());
        forks.merge(earlier.store(), last, Math::min);
        for (Promise promise : all) {
            Dot dot = promise.version.dot();
            if (dot.store().equals(earlier.store()) && dot.sequence() > last) {
                promise.overtake();
            }
        }
    }

    /** A node was started again. */
    void restarted(StoreId store) {
        for (Promise promise : all) {
            promise.restartedSince |= promise.version.dot().store().equals(store);
        }
    }

    /** The acknowledged write of which a version is a copy under another dot, if it is one. */
    Optional<Version> copiedBy(Version version) {
        return byKey.getOrDefault(version.key(), List.of()).stream()
                .map(Promise::version)
                .filter(write ->
                        write.uuid().equals(version.uuid()) && !write.dot().equals(version.dot()))
                .findFirst();
    }

    /** Whether two writes may have been given this dot, before a disk was taken back and after. */
    boolean isAmbiguous(Dot dot) {
        return dot.sequence() > forks.getOrDefault(dot.store(), Long.MAX_VALUE);
    }

    /**
     * A disk is about to be lost. Excuses what no other has; but never what more nodes than have lost their disks since were
     * said to hold.
     *
     * @param left what it still has
     */
    void diskLost(SimNode loser, List<SimNode> nodes, VersionVector left) {
        VersionVector here = loser.knowledge();
        VersionVector elsewhere = left;
        for (SimNode node : nodes) {
            elsewhere = node == loser ? elsewhere : elsewhere.merge(node.knowledge());
        }
        for (Promise promise : all) {
            promise.disksLost++;
            Version version = promise.version;
            if (!promise.excused && here.contains(version.dot()) && !elsewhere.contains(version.dot())) {
                Violation.unless(
                        promise.disksLost >= promise.copies,
                        () -> version + " was said to be on " + promise.copies + " nodes and is lost with "
                                + promise.disksLost + " disks");
                promise.excused = true;
                excused++;
            }
        }
    }

    /**
     * Whether something at least as new as this version may have been collected by {@code nowMillis}: an old deletion, or a
     * value that has expired.
     */
    boolean mayBeCollected(Version version, long nowMillis) {
        if (Hlc.millis(version.hlc()) <= doubts.getOrDefault(version.key(), 0L)) {
            return true;
        }
        for (Promise promise : byKey.getOrDefault(version.key(), List.of())) {
            Version other = promise.version;
            if (other.collectableAt(scenario.retentionMillis()) <= nowMillis
                    && VersionOrder.INSTANCE.compare(other, version) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * An acknowledged write that has seen this version, was not lost with its disk, and was not collected too early because
     * all seemed to have it, by a dot that was given twice (decision 0010).
     */
    Optional<Version> thatReplaced(Version version, long nowMillis) {
        return byKey.getOrDefault(version.key(), List.of()).stream()
                .filter(promise -> !promise.excused)
                .map(Promise::version)
                .filter(other -> VersionOrder.INSTANCE.compare(other, version) > 0
                        && other.vector().contains(version.dot())
                        && !(isAmbiguous(other.dot()) && other.collectableAt(scenario.retentionMillis()) <= nowMillis))
                .findFirst();
    }

    /** Whether another acknowledged write wins over this one. */
    boolean isBeaten(Version version) {
        return byKey.getOrDefault(version.key(), List.of()).stream()
                .anyMatch(promise -> VersionOrder.INSTANCE.compare(promise.version, version) > 0);
    }
}
