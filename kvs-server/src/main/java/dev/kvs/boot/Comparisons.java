package dev.kvs.boot;

import dev.kvs.model.NodeId;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.PeerState;
import dev.kvs.replication.gossip.SyncResult;
import dev.kvs.wire.Comparison;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons of Merkle trees in the words of the contract. */
final class Comparisons {
    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);

    /** Equal trees take one exchange; ten seconds repair some ten thousand keys. A client waits for thirty. */
    private static final long WAIT_MILLIS = 10_000;

    private Comparisons() {}

    /** The last one with each other member. */
    static List<Comparison> last(GossipReplication replication) {
        Map<NodeId, SyncResult> results = replication.results();
        return sorted(replication.peers().stream().map(peer -> of(peer.id(), results.get(peer.id()))));
    }

    /** Compares with every living member; what takes too long goes on and is told as running. */
    static List<Comparison> now(GossipReplication replication) {
        List<NodeId> asked = replication.peers().stream()
                .filter(PeerState::live)
                .map(PeerState::id)
                .toList();
        Map<NodeId, SyncResult> ended = ended(replication.syncNow());
        return sorted(asked.stream().map(id -> {
            SyncResult result = ended.get(id);
            return result == null || result.atMillis() == 0 ? word(id, Comparison.RUNNING) : of(id, result);
        }));
    }

    private static Map<NodeId, SyncResult> ended(Collection<CompletableFuture<SyncResult>> rounds) {
        try {
            CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new)).get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException unfinished) {
            // What has ended by now is told; the rest is told as running.
            LOG.debug("Not every comparison has ended in time", unfinished);
        }
        Map<NodeId, SyncResult> ended = new HashMap<>();
        for (CompletableFuture<SyncResult> round : rounds) {
            if (round.state() == CompletableFuture.State.SUCCESS) {
                ended.put(round.resultNow().peer(), round.resultNow());
            }
        }
        return ended;
    }

    static Comparison of(NodeId peer, @Nullable SyncResult result) {
        if (result == null || result.atMillis() == 0) {
            return word(peer, Comparison.NEVER);
        }
        boolean failed = !result.error().isEmpty();
        String word = failed ? Comparison.FAILED : result.isEqual() ? Comparison.EQUAL : Comparison.DIFFERENT;
        return new Comparison(
                peer.value(),
                word,
                result.differences(),
                result.lasting(),
                failed ? result.error() : null,
                result.atMillis(),
                result.equalMillis() == 0 ? null : (Long) result.equalMillis());
    }

    private static Comparison word(NodeId peer, String word) {
        return new Comparison(peer.value(), word, 0, 0, null, null, null);
    }

    private static List<Comparison> sorted(Stream<Comparison> comparisons) {
        return comparisons.sorted(Comparator.comparing(Comparison::peer)).toList();
    }
}
