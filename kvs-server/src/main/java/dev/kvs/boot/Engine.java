package dev.kvs.boot;

import dev.kvs.boot.config.NodeConfig;
import dev.kvs.http.ClusterView;
import dev.kvs.http.Meters;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Disputes;
import dev.kvs.replication.Reader;
import dev.kvs.replication.SystemKeyspace;
import io.helidon.health.HealthCheck;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What stands behind the doors: the store and what coordinates it.
 *
 * @param system what the cluster keeps about itself
 * @param checks what {@code /health} asks
 * @param compaction what {@code POST /admin/compact} runs
 * @param store closed after the doors
 * @param audit the audit log, empty when it is off; closed before the store
 * @param cluster this node's part in a cluster, empty when it runs alone
 * @param view what the doors tell about the cluster
 */
record Engine(
        Coordinator coordinator,
        Reader reader,
        Disputes disputes,
        SystemKeyspace system,
        List<HealthCheck> checks,
        Runnable compaction,
        AutoCloseable store,
        Optional<Audit> audit,
        Optional<Cluster> cluster,
        ClusterView view) {
    Engine {
        checks = List.copyOf(checks);
    }

    /** Opens an engine on the node's data directory, which is locked by then. */
    interface Opener {
        /**
         * Opens; throws with {@link ExitCode#DATA_DIR} or {@link ExitCode#DAMAGED_STORE}.
         *
         * @param tls with what other nodes are called; empty for plain HTTP
         */
        Engine open(
                NodeConfig config,
                Meters meters,
                NodeMode mode,
                Optional<SSLContext> tls,
                Time time,
                Randomness randomness)
                throws StartException;
    }
}
