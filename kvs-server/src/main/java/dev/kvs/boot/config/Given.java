package dev.kvs.boot.config;

/**
 * A value somebody gave for a key.
 *
 * @param where the place for a report, for example {@code "config.yaml, line 12"}
 */
record Given(RawValue value, Source source, String where) {}
