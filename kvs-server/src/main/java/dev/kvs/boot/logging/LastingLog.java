package dev.kvs.boot.logging;

import java.util.logging.LogManager;

/**
 * Keeps logging alive until the process ends. The JDK's own manager resets all handlers in a shutdown hook, side by side
 * with ours, so what the node says while it stops would get lost. Named by {@code java.util.logging.manager}, which must
 * be set before the first logger is asked for.
 */
public final class LastingLog extends LogManager {
    /** For the JDK, which makes it by name. */
    public LastingLog() {}

    /** Reads nothing: {@link Logging} decides everything. */
    @Override
    public void readConfiguration() {}

    /** Keeps the handlers. */
    @Override
    public void reset() {}
}
