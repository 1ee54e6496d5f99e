package dev.kvs.replication.gossip;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs comparisons: with one peer after another in turn, every {@link ReplicationSettings#syncMillis}, sooner while the last
 * one found something, and whenever somebody asks.
 */
final class SyncRounds {
    private final Peers peers;
    private final MerkleSync sync;
    private final Scheduler scheduler;
    private final Randomness randomness;
    private final Time time;
    private final ReplicationSettings settings;
    private final Map<NodeId, SyncResult> results = new ConcurrentHashMap<>();
    private final Set<NodeId> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SyncRounds(
            Peers peers,
            MerkleSync sync,
            Scheduler scheduler,
            Randomness randomness,
            Time time,
            ReplicationSettings settings) {
        this.peers = peers;
        this.sync = sync;
        this.scheduler = scheduler;
        this.randomness = randomness;
        this.time = time;
        this.settings = settings;
    }

    void start() {
        plan(settings.syncMillis());
    }

    void close() {
        closed = true;
    }

    /** The pause is drawn from half of it to one and a half, so that nodes do not march in step. */
    private void plan(long pauseMillis) {
        long drawn = pauseMillis / 2 + Math.floorMod(randomness.nextLong(), pauseMillis + 1);
        scheduler.after(drawn, this::turn);
    }

    private void turn() {
        if (closed) {
            return;
        }
        List<PeerState> live = peers.live();
        if (live.isEmpty()) {
            plan(settings.syncMillis());
            return;
        }
        PeerState peer = live.get(Math.floorMod(randomness.nextLong(), live.size()));
        with(peer, result -> plan(result.isEqual() ? settings.syncMillis() : settings.catchupMillis()));
    }

    /** Compares with a peer now; at most one comparison with the same peer at a time. */
    CompletableFuture<SyncResult> with(PeerState peer) {
        CompletableFuture<SyncResult> ended = new CompletableFuture<>();
        with(peer, ended::complete);
        return ended;
    }

    private void with(PeerState peer, Consumer<SyncResult> then) {
        if (!running.add(peer.id())) {
            then.accept(results.getOrDefault(peer.id(), SyncResult.none(peer.id())));
            return;
        }
        sync.round(peer, outcome -> {
            running.remove(peer.id());
            SyncResult result = results.merge(
                    peer.id(),
                    SyncResult.of(peer.id(), outcome, time.epochMillis()),
                    (before, now) -> now.after(before));
            then.accept(result);
        });
    }

    /** The last result with each peer. */
    Map<NodeId, SyncResult> results() {
        return Map.copyOf(results);
    }
}
