package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The answer to {@code GET /admin/config}: every setting of a node, secrets masked.
 *
 * @param settings by name, in the order of the table
 */
public record ConfigReport(@JsonValue Map<String, Entry> settings) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConfigReport {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * One setting.
     *
     * @param value as JSON
     * @param source where it comes from: {@code default}, {@code file}, {@code environment} and so on
     * @param active whether this version of the node does something with it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Entry(RawJson value, String source, boolean active) {
        public Entry {
            Objects.requireNonNull(value);
            Objects.requireNonNull(source);
        }
    }
}
