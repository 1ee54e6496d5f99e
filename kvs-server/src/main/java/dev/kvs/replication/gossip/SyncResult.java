package dev.kvs.replication.gossip;

import dev.kvs.model.NodeId;

/**
 * What the last comparisons with a peer found.
 *
 * @param differences keys that differed in the last one; writes that were on their way count too
 * @param lasting keys that differed in both of the last two: a finding only then
 * @param error why the last one did not come to an end; empty when it did
 * @param atMillis when it ended, milliseconds since the epoch; 0 when there was none
 * @param equalMillis when the two were last found equal, milliseconds since the epoch; 0 for never
 */
public record SyncResult(NodeId peer, int differences, int lasting, String error, long atMillis, long equalMillis) {
    static SyncResult none(NodeId peer) {
        return new SyncResult(peer, 0, 0, "", 0, 0);
    }

    static SyncResult of(NodeId peer, MerkleSync.Outcome outcome, long nowMillis) {
        return switch (outcome) {
            case MerkleSync.Equal ignored -> new SyncResult(peer, 0, 0, "", nowMillis, nowMillis);
            case MerkleSync.Repaired repaired -> new SyncResult(peer, repaired.differences(), 0, "", nowMillis, 0);
            case MerkleSync.Failed failed -> new SyncResult(peer, 0, 0, failed.why(), nowMillis, 0);
        };
    }

    /** This result, following another. */
    SyncResult after(SyncResult before) {
        if (!error.isEmpty()) {
            return new SyncResult(peer, before.differences, before.lasting, error, atMillis, before.equalMillis);
        }
        return new SyncResult(
                peer,
                differences,
                Math.min(differences, before.differences),
                "",
                atMillis,
                differences == 0 ? atMillis : before.equalMillis);
    }

    /** Whether the last comparison found nothing. */
    public boolean isEqual() {
        return error.isEmpty() && differences == 0;
    }
}
