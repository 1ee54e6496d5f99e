package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.replication.Stripes;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Commit;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes versions of other nodes into the store, in any order and as often as they come. Blocks until they are durable.
 *
 * <p>What is here already is left out. What is further ahead of this node's clock than clocks may differ is held back. What
 * this node once knew and has no trace of any more was deleted and collected; it does not come back ({@link Quarantine}).
 */
final class Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final Store store;
    private final Stripes stripes;
    private final Time time;
    private final Randomness randomness;
    private final HeldBack heldBack;
    private final ConflictJudge judge;
    private final Quarantine quarantine;
    private final ReplicationMetrics metrics;
    private final Consumer<Conflict> disputed;
    private final Runnable ownWritesUnknown;

    /**
     * A receiver for a store.
     *
     * @param disputed told of conflicts that are open once they are durable
     * @param ownWritesUnknown told when somebody has a write of this store's that it does not know itself
     */
    Receiver(
            Store store,
            Stripes stripes,
            Time time,
            Randomness randomness,
            ReplicationSettings settings,
            Quarantine quarantine,
            ReplicationMetrics metrics,
            Consumer<Conflict> disputed,
            Runnable ownWritesUnknown) {
        this.store = store;
        this.stripes = stripes;
        this.time = time;
        this.heldBack = new HeldBack(store, time, settings.maxClockSkewMillis());
        this.quarantine = quarantine;
        this.metrics = metrics;
        this.disputed = disputed;
        this.ownWritesUnknown = ownWritesUnknown;
        this.randomness = randomness;
        this.judge = new ConflictJudge(
                () -> Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong()),
                store.feed().tombstoneRetentionMillis());
    }

    /**
     * Stores stretches and strays. Afterwards everything that the stretches cover counts as known, as far as they follow on
     * what is known. What is known already is left out of stretches, whether it is still here or not: a sender that has just
     * started sends all that it has, also what has been deleted and collected here.
     *
     * @return whether another version is here under the dot of the last one that the sender wrote and that is known
     */
    boolean receive(PushMessage message) {
        VersionVector known = store.feed().appendedKnowledge();
        VersionVector heard = VersionVector.EMPTY;
        List<Version> versions = new ArrayList<>();
        boolean collided = false;
        for (PushMessage.Stretch stretch : message.stretches()) {
            long upTo = known.sequenceOf(stretch.store());
            Version again = null;
            for (Version version : stretch.versions()) {
                if (version.sequence() > upTo) {
                    versions.add(version);
                } else {
                    again = version;
                }
            }
            if (again != null && stretch.store().equals(message.word().store()) && isDisplaced(again)) {
                collided = true;
                versions.add(again);
            }
            boolean follows = stretch.after() <= upTo;
            if (follows && stretch.through() > 0) {
                heard = heard.with(new Dot(stretch.store(), stretch.through()));
            }
        }
        receive(versions, heard);
        receiveStrays(message.strays());
        return collided;
    }

    /** Stores versions that came out of any order. */
    void receiveStrays(List<Version> strays) {
        receive(wanted(strays), VersionVector.EMPTY);
    }

    /** Stores versions; afterwards what {@code heard} says counts as known. Returns how many were new. */
    int receive(List<Version> versions, VersionVector heard) {
        if (versions.isEmpty() && heard.dots().isEmpty()) {
            return 0;
        }
        store.awaitRoom();
        heldBack.refuseIfFull(versions);
        List<Key> keys = versions.stream().map(Version::key).toList();
        // Brings the winners into the cache, so that the stripes are not held while the disk is read.
        keys.forEach(store::newest);
        Commit commit = stripes.holdingAll(keys, () -> {
            writeAgain(versions.stream().filter(this::isDisplaced).toList());
            return store.receive(arrivals(versions, heard));
        });
        commit.await();
        metrics.received(commit.versions().size());
        disputes(keys);
        return commit.versions().size();
    }

    private Arrivals arrivals(List<Version> versions, VersionVector heard) {
        long now = time.epochMillis();
        List<Arrivals.Arrival> arrivals = new ArrayList<>(versions.size());
        List<Version> tooEarly = new ArrayList<>();
        Map<Key, Conflict> conflicts = new HashMap<>();
        Map<Key, Version> winners = new HashMap<>();
        Set<Dot> seen = new HashSet<>();
        for (Version version : versions) {
            if (!seen.add(version.dot()) || store.feed().holds(version.dot()) || isOwnAndUnknown(version)) {
                continue;
            }
            if (heldBack.isTooEarly(version)) {
                tooEarly.add(version);
                continue;
            }
            Version rival = winnerOf(version.key(), winners);
            if (rival != null && isCopy(version, rival)) {
                ownWritesUnknown.run();
            }
            arrivals.add(new Arrivals.Arrival(version, rival));
            judge(version, rival, conflicts, now);
            winners.put(version.key(), rival == null ? version : VersionOrder.INSTANCE.winner(version, rival));
        }
        metrics.heldBack(tooEarly.size());
        return new Arrivals(arrivals, heard, List.copyOf(conflicts.values()), tooEarly);
    }

    /** A write of this very store that it has not made: its disk was taken back. It comes again once the store is renamed. */
    private boolean isOwnAndUnknown(Version version) {
        boolean unknown = isOwn(version)
                && version.sequence() > store.feed().appendedKnowledge().sequenceOf(store.id());
        if (unknown) {
            ownWritesUnknown.run();
        }
        return unknown;
    }

    /** Whether another node had to copy a write of this store, because it had another one under its dot. */
    private boolean isCopy(Version version, Version rival) {
        return version.uuid().equals(rival.uuid()) && version.hlc() > rival.hlc() && isOwn(rival) && !isOwn(version);
    }

    /** Whether another version is here under this one's dot: a store has counted on from an older copy of its disk. */
    private boolean isDisplaced(Version version) {
        Dot dot = version.dot();
        if (!store.feed().holds(dot)) {
            return false;
        }
        Version here = store.feed().version(dot);
        return here != null && !here.uuid().equals(version.uuid());
    }

    /**
     * Stores what cannot be stored under its own dot as writes of this store: dated right after it, so that the copy wins over
     * it on every node that has both. What came under this store's own name comes again once that has changed.
     */
    private void writeAgain(List<Version> displaced) {
        List<Version> originals = displaced.stream()
                .filter(version -> version.body() != null && !heldBack.isTooEarly(version))
                .filter(version -> !isOwn(version) && !isKept(version))
                .toList();
        if (displaced.stream().anyMatch(this::isOwn)) {
            ownWritesUnknown.run();
        }
        if (originals.isEmpty()) {
            return;
        }
        LOG.warn("{} versions came under dots that others have here; they are kept as copies.", originals.size());
        List<Proposal> copies = originals.stream().map(this::copyOf).toList();
        List<Version> written = store.write(copies, List.of()).versions();
        Map<Key, Conflict> conflicts = new HashMap<>();
        for (int i = 0; i < copies.size(); i++) {
            disputeCopy(originals.get(i), written.get(i), copies.get(i).replaces(), conflicts);
        }
        store.receive(new Arrivals(List.of(), VersionVector.EMPTY, List.copyOf(conflicts.values()), List.of()));
    }

    private Proposal copyOf(Version version) {
        return new Proposal(
                version.key(),
                version.uuid(),
                version.kind(),
                version.vector(),
                version.expiresAt(),
                version.acl(),
                Check.present(version.body(), "what has no body any more is not copied"),
                version.bodyHash(),
                store.newest(version.key()),
                version.hlc() + 1);
    }

    /** A copy's dot hides what it has not seen of this store, and the taken dot of its original what that has not seen. */
    private void disputeCopy(Version original, Version copy, @Nullable Version rival, Map<Key, Conflict> conflicts) {
        long now = time.epochMillis();
        if (!judge(copy, original.vector(), rival, conflicts, now)) {
            judge(copy, copy.vector(), rival, conflicts, now);
        }
    }

    private boolean isOwn(Version version) {
        return version.origin().store().equals(store.id());
    }

    private boolean isKept(Version version) {
        return store.history(version.key()).versions().stream()
                .anyMatch(kept -> kept.uuid().equals(version.uuid()));
    }

    private @Nullable Version winnerOf(Key key, Map<Key, Version> inThisBatch) {
        Version here = inThisBatch.get(key);
        return here != null ? here : store.newest(key);
    }

    private void judge(Version version, @Nullable Version rival, Map<Key, Conflict> conflicts, long now) {
        judge(version, version.vector(), rival, conflicts, now);
    }

    /** Whether the key's conflict has changed. */
    private boolean judge(
            Version version, VersionVector seen, @Nullable Version rival, Map<Key, Conflict> conflicts, long now) {
        Conflict known = conflicts.getOrDefault(version.key(), store.conflict(version.key()));
        Conflict changed = judge.judge(known, version, seen, rival, now);
        if (changed != null) {
            conflicts.put(version.key(), changed);
            metrics.disputed(changed);
            if (rival != null && seen.compare(rival.vector()) != VersionVector.Relation.DOMINATES) {
                reportPermissions(version, rival);
            }
        }
        return changed != null;
    }

    private void reportPermissions(Version one, Version other) {
        if (one.key().isSystem() || !one.acl().equals(other.acl())) {
            Version winner = VersionOrder.INSTANCE.winner(one, other);
            metrics.permissionsLost(winner.equals(one) ? other : one, winner);
        }
    }

    /** Tells of conflicts that are open now; only once they are durable, because a vote may follow. */
    private void disputes(List<Key> keys) {
        for (Key key : new HashSet<>(keys)) {
            Conflict conflict = store.conflict(key);
            if (conflict != null && conflict.isOpen()) {
                disputed.accept(conflict);
            }
        }
    }

    /**
     * Leaves out what was collected here: known, gone, and older than deletions are kept. Younger ones are taken, because a
     * relay may have left them out when what replaced them was lost with its disk.
     */
    private List<Version> wanted(List<Version> strays) {
        VersionVector known = store.feed().appendedKnowledge();
        List<Version> wanted = new ArrayList<>(strays.size());
        for (Version version : strays) {
            if (known.contains(version.dot()) && isOld(version) && store.newest(version.key()) == null) {
                quarantine.add(version);
            } else {
                wanted.add(version);
            }
        }
        return wanted;
    }

    /**
     * Deletes versions whose deletion was collected elsewhere while this node was away, and lists them. Each deletion is dated
     * right after its version, so that it loses to anything that was written later.
     */
    void bury(List<Version> versions) {
        if (versions.isEmpty()) {
            return;
        }
        store.awaitRoom();
        List<Key> keys = versions.stream().map(Version::key).toList();
        stripes.holdingAll(keys, () -> {
                    List<Proposal> deletions = new ArrayList<>();
                    for (Version version : versions) {
                        Version newest = store.newest(version.key());
                        boolean stands = newest != null && newest.dot().equals(version.dot());
                        if (stands && version.kind() != Kind.TOMBSTONE) {
                            quarantine.add(version);
                            deletions.add(deletionOf(version));
                        }
                    }
                    return store.write(deletions, List.of());
                })
                .await();
    }

    private Proposal deletionOf(Version version) {
        UUID uuid = Uuids.version7(Hlc.millis(version.hlc()), randomness.nextLong(), randomness.nextLong());
        return Proposal.tombstone(version.key(), uuid, version.vector(), version.acl())
                .replacing(version)
                .at(version.hlc() + 1);
    }

    private boolean isOld(Version version) {
        return Hlc.millis(version.hlc()) + store.feed().tombstoneRetentionMillis() <= store.epoch();
    }

    /** Brings versions into the key space whose time has come. */
    void releaseHeldBack() {
        for (List<Version> due = heldBack.due(); !due.isEmpty(); due = heldBack.due()) {
            release(due);
        }
    }

    private void release(List<Version> due) {
        store.awaitRoom();
        long now = time.epochMillis();
        List<Key> keys = due.stream().map(Version::key).toList();
        stripes.holdingAll(keys, () -> {
                    List<Arrivals.Arrival> arrivals = new ArrayList<>();
                    Map<Key, Conflict> conflicts = new HashMap<>();
                    Map<Key, Version> winners = new HashMap<>();
                    for (Version version : due) {
                        Version rival = winnerOf(version.key(), winners);
                        arrivals.add(new Arrivals.Arrival(version, rival));
                        judge(version, rival, conflicts, now);
                        winners.put(
                                version.key(), rival == null ? version : VersionOrder.INSTANCE.winner(version, rival));
                    }
                    return store.receive(
                            new Arrivals(arrivals, VersionVector.EMPTY, List.copyOf(conflicts.values()), List.of()));
                })
                .await();
    }
}
