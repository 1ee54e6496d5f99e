package dev.kvs.simulation;

import dev.kvs.model.Conflict;
import dev.kvs.model.Version;
import dev.kvs.replication.gossip.ReplicationMetrics;

/** Counts what replication reports; faults that nobody has planted are none of what may happen. */
record CountedReplication(Tally tally, Planted planted) implements ReplicationMetrics {
    @Override
    public void pushed(int versions) {}

    @Override
    public void received(int versions) {}

    @Override
    public void heldBack(int versions) {
        if (versions > 0) {
            tally.count(Misfortune.HELD_BACK);
        }
    }

    @Override
    public void disputed(Conflict conflict) {
        tally.count(
                !conflict.isOpen()
                        ? "conflicts closed"
                        : conflict.times() == 1 ? "conflicts opened" : "conflicts grown");
    }

    @Override
    public void permissionsLost(Version loser, Version winner) {
        tally.count("permissions lost in conflicts");
    }

    @Override
    public void compared(int differences, int exchanges, long bytes) {
        tally.count(differences == 0 ? "trees found equal or unreachable" : "trees found different");
    }

    @Override
    public void failed(String what, RuntimeException fault) {
        Violation.unless(planted.failsItself(), () -> what + " failed by a fault of the node's own: " + fault);
    }
}
