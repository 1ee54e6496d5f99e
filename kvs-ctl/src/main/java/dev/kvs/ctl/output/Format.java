package dev.kvs.ctl.output;

import java.util.Locale;

/** What {@code -o} takes. Without it a terminal gets tables and a pipe gets tab-separated lines. */
public enum Format {
    /** Aligned columns on a terminal, tab-separated when piped. */
    TABLE,
    /** As {@link #TABLE}, with more columns. */
    WIDE,
    /** One JSON document. */
    JSON,
    /** One JSON document a line. */
    NDJSON,
    /** One YAML document. */
    YAML,
    /** The JSON document without a byte added; of {@code get}, exactly what is stored. */
    RAW,
    /** Names alone, one a line: the key, or what stands in its place. */
    NAME;

    /** Finds a format by its name in lower case; throws {@link Failure} with {@link ExitCode#USAGE}. */
    public static Format of(String name) {
        for (Format format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw Failure.usage("-o '" + name + "' is not a format: use table, wide, json, ndjson, yaml, raw or name");
    }

    /** Whether errors are JSON objects too. */
    public boolean isJson() {
        return this == JSON || this == NDJSON;
    }
}
