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

/**
 * Takes versions of other nodes into the store, in any order and as often as they come. Blocks until they are durable.
 *
 * <p>What is here already is left out. What is further ahead of this node's clock than clocks may differ is held back. What
 * this node once knew and has no trace of any more was deleted and collected; it does not come back ({@link Quarantine}).
 */
final class Receiver {
    private final Store store;
    private final Stripes stripes;
    private final Time time;
    private final Randomness randomness;
    private final ReplicationSettings settings;
    private final ConflictJudge judge;
    private final Quarantine quarantine;
    private final ReplicationMetrics metrics;
    private final Consumer<Conflict> disputed;

    Receiver(
            Store store,
            Stripes stripes,
            Time time,
            Randomness randomness,
            ReplicationSettings settings,
            Quarantine quarantine,
            ReplicationMetrics metrics,
            Consumer<Conflict> disputed) {
        this.store = store;
        this.stripes = stripes;
        this.time = time;
        this.settings = settings;
        this.quarantine = quarantine;
        this.metrics = metrics;
        this.disputed = disputed;
        this.randomness = randomness;
        this.judge = new ConflictJudge(
                () -> Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong()));
    }

    /**
     * Stores stretches and strays. Afterwards everything that the stretches cover counts as known, as far as they follow on
     * what is known. What is known already is left out of stretches, whether it is still here or not: a sender that has just
     * started sends all that it has, also what has been deleted and collected here.
     */
    void receive(PushMessage message) {
        VersionVector known = store.feed().appendedKnowledge();
        VersionVector heard = VersionVector.EMPTY;
        List<Version> versions = new ArrayList<>();
        for (PushMessage.Stretch stretch : message.stretches()) {
            long upTo = known.sequenceOf(stretch.store());
            stretch.versions().stream()
                    .filter(version -> version.sequence() > upTo)
                    .forEach(versions::add);
            boolean follows = stretch.after() <= upTo;
            if (follows && stretch.through() > 0) {
                heard = heard.with(new Dot(stretch.store(), stretch.through()));
            }
        }
        receive(versions, heard);
        receive(wanted(message.strays()), VersionVector.EMPTY);
    }

    /** Stores versions; afterwards what {@code heard} says counts as known. Returns how many were new. */
    int receive(List<Version> versions, VersionVector heard) {
        if (versions.isEmpty() && heard.dots().isEmpty()) {
            return 0;
        }
        store.awaitRoom();
        List<Key> keys = versions.stream().map(Version::key).toList();
        // Brings the winners into the cache, so that the stripes are not held while the disk is read.
        keys.forEach(store::newest);
        Commit commit = stripes.holdingAll(keys, () -> store.receive(arrivals(versions, heard)));
        commit.await();
        metrics.received(commit.versions().size());
        disputes(keys);
        return commit.versions().size();
    }

    private Arrivals arrivals(List<Version> versions, VersionVector heard) {
        long now = time.epochMillis();
        List<Arrivals.Arrival> arrivals = new ArrayList<>(versions.size());
        List<Version> heldBack = new ArrayList<>();
        Map<Key, Conflict> conflicts = new HashMap<>();
        Map<Key, Version> winners = new HashMap<>();
        Set<Dot> seen = new HashSet<>();
        for (Version version : versions) {
            if (!seen.add(version.dot()) || store.feed().holds(version.dot())) {
                continue;
            }
            if (isTooEarly(version, now)) {
                heldBack.add(version);
                continue;
            }
            Version rival = winnerOf(version.key(), winners);
            arrivals.add(new Arrivals.Arrival(version, rival));
            judge(version, rival, conflicts, now);
            winners.put(version.key(), rival == null ? version : VersionOrder.INSTANCE.winner(version, rival));
        }
        metrics.heldBack(heldBack.size());
        return new Arrivals(arrivals, heard, List.copyOf(conflicts.values()), heldBack);
    }

    private @Nullable Version winnerOf(Key key, Map<Key, Version> inThisBatch) {
        Version here = inThisBatch.get(key);
        return here != null ? here : store.newest(key);
    }

    private void judge(Version version, @Nullable Version rival, Map<Key, Conflict> conflicts, long now) {
        Conflict known = conflicts.getOrDefault(version.key(), store.conflict(version.key()));
        Conflict changed = judge.judge(known, version, rival, now);
        if (changed != null) {
            conflicts.put(version.key(), changed);
            metrics.disputed(changed);
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

    private boolean isTooEarly(Version version, long now) {
        return Hlc.millis(version.hlc()) > now + settings.maxClockSkewMillis();
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
        long now = time.epochMillis();
        List<Version> due = store.heldBack().stream()
                .filter(version -> !isTooEarly(version, now))
                .toList();
        if (!due.isEmpty()) {
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
