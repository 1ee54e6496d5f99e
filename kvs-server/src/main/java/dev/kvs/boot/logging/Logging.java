package dev.kvs.boot.logging;

import dev.kvs.boot.config.LoggingConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets up the process's logging once, from the configuration. */
public final class Logging {
    /** The level is meant for these. The libraries' own details drown them, so they are shown for {@code trace} alone. */
    private static final Logger OWN = Logger.getLogger("dev.kvs");

    /**
     * Libraries whose ordinary entries tell an operator nothing about the node. Held here, because the JDK keeps loggers
     * weakly and would forget their levels.
     */
    private static final List<Logger> QUIET = List.of(Logger.getLogger("io.helidon"), Logger.getLogger("h2database"));

    /** Says with three stack traces that an address cannot be bound, which the node says in one sentence. */
    private static final Logger SILENT = Logger.getLogger("io.helidon.webserver.LoomServer");

    private Logging() {}

    /** Sends every entry from the configured level on to {@code target}, in the configured form. */
    public static void configure(LoggingConfig config, PrintStream target) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Formatter formatter = switch (config.format()) {
            case TEXT -> new TextFormatter();
            case JSON -> new JsonLineFormatter();
        };
        Level level = level(config.level());
        boolean everything = level.equals(Level.ALL);
        root.setLevel(everything ? level : louder(level, Level.INFO));
        root.addHandler(new StreamLines(target, formatter));
        OWN.setLevel(level);
        QUIET.forEach(logger -> logger.setLevel(everything ? null : louder(level, Level.WARNING)));
        SILENT.setLevel(everything ? null : Level.OFF);
    }

    private static Level louder(Level level, Level least) {
        return level.intValue() > least.intValue() ? level : least;
    }

    private static Level level(LoggingConfig.Level level) {
        return switch (level) {
            case OFF -> Level.OFF;
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.ALL;
        };
    }
}
