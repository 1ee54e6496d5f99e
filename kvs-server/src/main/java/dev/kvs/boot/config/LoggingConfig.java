package dev.kvs.boot.config;

import java.util.List;

/** What is logged, and in which form. */
public record LoggingConfig(Level level, Format format) {
    /** From the quietest to the loudest. */
    public enum Level {
        OFF,
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** How an entry is written. */
    public enum Format {
        /** One readable line. */
        TEXT,
        /** One JSON object on one line. */
        JSON
    }

    static final ConfigKey<Level> LOG_LEVEL = ConfigKey.of(
            "log_level",
            Topic.LOGGING,
            new Choice<>(List.of(Level.values())),
            Level.INFO,
            "How much is logged; trace adds the details of the libraries.");
    static final ConfigKey<Format> LOG_FORMAT = ConfigKey.of(
            "log_format",
            Topic.LOGGING,
            new Choice<>(List.of(Format.values())),
            Format.TEXT,
            "Lines for people, or JSON lines for a log collector; either goes to standard error.");

    static final List<ConfigKey<?>> KEYS = List.of(LOG_LEVEL, LOG_FORMAT);

    static LoggingConfig from(Settings settings) {
        return new LoggingConfig(settings.get(LOG_LEVEL), settings.get(LOG_FORMAT));
    }
}
