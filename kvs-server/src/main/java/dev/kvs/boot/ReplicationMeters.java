package dev.kvs.boot;

import dev.kvs.http.Meters;
import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.ReplicationMetrics;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects what replication reports to the node's meters, and conflicts to the log. */
final class ReplicationMeters implements ReplicationMetrics {
    private static final Logger LOG = LoggerFactory.getLogger("dev.kvs.conflicts");

    private final LongAdder pushed = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder heldBack = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder rounds = new LongAdder();
    private final LongAdder differences = new LongAdder();
    private final LongAdder roundBytes = new LongAdder();

    ReplicationMeters(Meters meters) {
        meters.counter("kvs_push_versions_total", "Versions that peers have taken from this node.", pushed::sum);
        meters.counter("kvs_received_versions_total", "Versions of other nodes stored here.", received::sum);
        meters.counter("kvs_held_back_versions_total", "Versions that came from too far in the future.", heldBack::sum);
        meters.counter("kvs_conflict_events_total", "Conflicts opened, grown or closed.", conflicts::sum);
        meters.counter("kvs_merkle_rounds_total", "Comparisons with peers.", rounds::sum);
        meters.counter("kvs_merkle_differences_total", "Keys found to differ in comparisons.", differences::sum);
        meters.counter(
                "kvs_merkle_bytes_total", "Bodies of comparisons in both directions, without values.", roundBytes::sum);
    }

    /** Publishes what can be read off replication at any time. */
    static void publish(GossipReplication replication, Meters meters) {
        meters.gauge(
                "kvs_push_lag_versions",
                "Versions durable here that the peer furthest behind is not known to hold.",
                () -> replication.peers().stream()
                        .mapToLong(replication::lag)
                        .max()
                        .orElse(0));
        meters.gauge(
                "kvs_tree_keys",
                "Keys in the Merkle tree.",
                () -> replication.tree().keys());
    }

    @Override
    public void pushed(int versions) {
        pushed.add(versions);
    }

    @Override
    public void received(int versions) {
        received.add(versions);
    }

    @Override
    public void heldBack(int versions) {
        heldBack.add(versions);
    }

    @Override
    public void disputed(Conflict conflict) {
        conflicts.increment();
        Conflict.Rival winner = conflict.rivals().getFirst();
        Conflict.Rival loser = conflict.rivals().get(1);
        if (conflict.isOpen()) {
            LOG.info(
                    "Conflict on {}: {} of {} at {} wins over {} of {} at {} by {}; GET /kv/{}/_explain tells more",
                    conflict.key(),
                    winner.uuid(),
                    winner.origin().node(),
                    Hlc.millis(winner.hlc()),
                    loser.uuid(),
                    loser.origin().node(),
                    Hlc.millis(loser.hlc()),
                    conflict.rule(),
                    conflict.key());
        } else {
            LOG.info("Conflict on {} is settled: a later version has seen all rivals", conflict.key());
        }
    }

    @Override
    public void compared(int found, int exchanges, long bytes) {
        rounds.increment();
        differences.add(found);
        roundBytes.add(bytes);
    }
}
