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
    /**
     * Libraries whose ordinary entries tell an operator nothing about the node. Held here, because the JDK keeps loggers
     * weakly and would forget their levels.
     */
    private static final List<Logger> QUIET = List.of(Logger.getLogger("io.helidon"), Logger.getLogger("h2database"));

    private Logging() {}

    /** Names our log manager; the first thing a process does. A choice made on the command line is respected. */
    public static void claim() {
        if (System.getProperty("java.util.logging.manager") == null) {
            System.setProperty("java.util.logging.manager", "dev.kvs.boot.logging.LastingLog");
        }
        // Helidon would otherwise load a logging.properties from the working directory over our settings.
        System.setProperty("io.helidon.logging.config.disabled", "true");
    }

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
        root.setLevel(level);
        root.addHandler(new StreamLines(target, formatter));
        boolean detailed = level.intValue() <= Level.FINE.intValue();
        QUIET.forEach(logger -> logger.setLevel(detailed ? null : louderOf(level)));
    }

    private static Level louderOf(Level level) {
        return level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING;
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
