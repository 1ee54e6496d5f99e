package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import dev.kvs.model.Version;

/** Where replication reports what it does; boot connects it to the node's metrics and log. Called from any thread. */
public interface ReplicationMetrics {
    /** Reports to nobody. */
    ReplicationMetrics NONE = new ReplicationMetrics() {
        @Override
        public void pushed(int versions) {}

        @Override
        public void received(int versions) {}

        @Override
        public void heldBack(int versions) {}

        @Override
        public void disputed(Conflict conflict) {}

        @Override
        public void permissionsLost(Version loser, Version winner) {}

        @Override
        public void compared(int differences, int exchanges, long bytes) {}

        @Override
        public void failed(String what, RuntimeException fault) {}
    };

    /** A peer has taken so many versions. */
    void pushed(int versions);

    /** So many new versions of others were stored. */
    void received(int versions);

    /** So many versions came from too far in the future. */
    void heldBack(int versions);

    /** A conflict was opened, has grown, or was closed. */
    void disputed(Conflict conflict);

    /**
     * A conflict was decided between versions whose permissions are not the same, or between what the cluster keeps about users
     * and policies: somebody may have been told that something is closed, and it is open.
     */
    void permissionsLost(Version loser, Version winner);

    /** A round of comparison has ended; {@code bytes} counts the bodies of both directions, without the values. */
    void compared(int differences, int exchanges, long bytes);

    /** Something ended in a fault of this node's own; it will be tried again. */
    void failed(String what, RuntimeException fault);
}
