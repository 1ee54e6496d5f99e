package dev.kvs.replication.gossip;

import dev.kvs.model.Acl;
import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.replication.Stripes;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Commit;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import dev.kvs.wire.ErrorCode;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes conflicts on purpose, for people who want to see one and for tests: writes versions that have seen nothing. Two of them
 * on two nodes are concurrent however fast the first one travels. Two of them on one node are not: a store's later write
 * follows its earlier ones.
 */
final class Planting {
    private final Store store;
    private final Stripes stripes;
    private final Time time;
    private final Randomness randomness;
    private final long maxClockSkewMillis;
    private final Consumer<Conflict> disputed;
    private final ConflictJudge judge;

    /**
     * @param disputed hears of the conflicts that come about here
     */
    Planting(
            Store store,
            Stripes stripes,
            Time time,
            Randomness randomness,
            long maxClockSkewMillis,
            Consumer<Conflict> disputed) {
        this.disputed = disputed;
        this.store = store;
        this.stripes = stripes;
        this.time = time;
        this.randomness = randomness;
        this.maxClockSkewMillis = maxClockSkewMillis;
        this.judge = new ConflictJudge(this::uuid, store.feed().tombstoneRetentionMillis());
    }

    /** What was planted, and how to wait for all that was written for it. */
    private record Planted(
            Version version, Commit last, @Nullable Conflict conflict) {}

    /**
     * Blocks until the version is durable here.
     *
     * @param hlc its exact timestamp, or {@link Proposal#NOW}; {@code invalid_request} when the others would hold it back
     */
    Version plant(Key key, byte[] json, long hlc) {
        if (Hlc.millis(hlc) > time.epochMillis() + maxClockSkewMillis) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "The timestamp is further ahead than max_clock_skew_ms; every node would hold the version back.");
        }
        store.awaitRoom();
        store.newest(key);
        Planted planted = stripes.holding(key, () -> written(key, json, hlc, store.newest(key)));
        planted.last.await();
        if (planted.conflict != null) {
            disputed.accept(planted.conflict);
        }
        return planted.version;
    }

    private Planted written(Key key, byte[] json, long hlc, @Nullable Version winner) {
        Proposal proposal = Proposal.live(key, uuid(), VersionVector.EMPTY, Version.NEVER, Acl.UNOWNED, json)
                .replacing(winner)
                .at(hlc);
        Commit commit = store.write(List.of(proposal), List.of());
        Version version = commit.versions().getFirst();
        Conflict conflict = judge.judge(store.conflict(key), version, version.vector(), winner, time.epochMillis());
        // The log keeps its order, so whoever finds this durable finds the version durable.
        Commit last = conflict == null
                ? commit
                : store.receive(new Arrivals(List.of(), VersionVector.EMPTY, List.of(conflict), List.of()));
        return new Planted(version, last, conflict);
    }

    private UUID uuid() {
        return Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong());
    }
}
