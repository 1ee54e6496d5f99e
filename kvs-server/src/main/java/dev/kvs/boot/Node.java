package dev.kvs.boot;

import dev.kvs.boot.config.LoadedConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: opens and joins its parts, and closes them in reverse order. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final OpenParts parts;

    private Node(OpenParts parts) {
        this.parts = parts;
    }

    /** Starts a node; when this throws, everything that was opened is closed again. */
    public static Node start(LoadedConfig config) throws StartException {
        OpenParts parts = new OpenParts();
        boolean started = false;
        try {
            parts.add(
                    "the data directory's lock",
                    DataDirLock.acquire(config.node().dataDir()));
            started = true;
            return new Node(parts);
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    /** Stops in order: readiness goes first, running requests may finish within their grace, then the store closes. */
    @Override
    public synchronized void close() {
        LOG.debug("The node stops");
        parts.close();
    }
}
