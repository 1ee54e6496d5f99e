package dev.kvs.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Nodes in trouble log a lot, and in a simulation all of them are in trouble. */
final class Quiet {
    /** Held, because the log manager forgets loggers that nobody holds. */
    private static final Logger NODES = Logger.getLogger("dev.kvs");

    private Quiet() {}

    static void log() {
        NODES.setLevel(Level.OFF);
    }
}
