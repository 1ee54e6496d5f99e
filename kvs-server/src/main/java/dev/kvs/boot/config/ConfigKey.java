package dev.kvs.boot.config;

import java.util.Locale;

/**
 * One row of the table of keys.
 *
 * @param name as in the file: lower case with underscores
 * @param topic the chapter it stands in
 * @param type what its value looks like, with bounds
 * @param defaultValue what holds when nobody says otherwise
 * @param comment what it does and why the default is what it is, in one line
 * @param active whether this version acts on it; otherwise it is accepted, checked and reported as not yet active
 * @param secret whether its value must never be shown
 */
record ConfigKey<T>(
        String name, Topic topic, ValueType<T> type, T defaultValue, String comment, boolean active, boolean secret) {
    /** An active key that is no secret. */
    static <T> ConfigKey<T> of(String name, Topic topic, ValueType<T> type, T defaultValue, String comment) {
        return new ConfigKey<>(name, topic, type, defaultValue, comment, true, false);
    }

    /** The same key, for a feature that this version does not have yet. */
    ConfigKey<T> notYetActive() {
        return new ConfigKey<>(name, topic, type, defaultValue, comment, false, secret);
    }

    /** The same key, never shown. */
    ConfigKey<T> asSecret() {
        return new ConfigKey<>(name, topic, type, defaultValue, comment, active, true);
    }

    /** The environment variable that overrides it. */
    public String environmentName() {
        return "KVS_" + name.toUpperCase(Locale.ROOT);
    }

    /** The system property that overrides it. */
    public String propertyName() {
        return "kvs." + name;
    }

    /** The default as YAML. */
    public String defaultText() {
        return type.write(defaultValue);
    }

    /** What is allowed, in words. */
    public String allowed() {
        return type.allowed();
    }
}
