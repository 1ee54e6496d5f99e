package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to {@code GET /admin/config}: every setting of a node, secrets masked.
 *
 * @param settings by name, in the order of the table
 */
public record ConfigReport(@JsonValue Map<String, Entry> settings) {
    /** What is meant to differ from node to node. */
    private static final Set<String> OWN = Set.of(
            "node_id",
            "bind_address",
            "port",
            "advertise_address",
            "data_dir",
            "backup_path",
            "seed_nodes",
            "log_file");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConfigReport {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The names of the settings that are not the same in all; those that are meant to differ only when they are wanted. */
    public static List<String> differing(Collection<ConfigReport> reports, boolean withOwn) {
        return reports.stream()
                .flatMap(report -> report.settings.keySet().stream())
                .distinct()
                .filter(name -> withOwn || !OWN.contains(name))
                .filter(name -> reports.stream()
                                .map(report -> Optional.ofNullable(report.settings.get(name))
                                        .map(Entry::value))
                                .distinct()
                                .count()
                        > 1)
                .toList();
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
