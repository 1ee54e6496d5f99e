package dev.kvs.http;

import io.helidon.health.HealthCheck;
import java.util.List;

/** What the door tells about the node. Implemented in {@code boot}; safe for concurrent use. */
public interface NodeView {
    /** The node's name. */
    String nodeId();

    /** The software's version, for example {@code 1.0.0}. */
    String version();

    /** Members of the cluster, this node included: at least 1. */
    int memberCount();

    /**
     * The checks behind {@code /health}. Those of type liveness also answer {@code /health/live}, those of type readiness
     * and startup {@code /health/ready}. A check's {@code detail} entries are shown to everyone.
     */
    List<HealthCheck> checks();

    /** The configuration as a JSON object with every secret masked, UTF-8. */
    byte[] maskedConfig();

    /** Brings what is in memory into the tables and compacts their file; takes seconds, and comes back when it is done. */
    void compact();
}
