package dev.kvs.boot.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every key there is, in the order of the file. Parsing, validation, the first file, the listing and the documentation
 * all walk this table, so a key is described once.
 */
final class ConfigTable {
    /** Each chapter's keys stand beside the record they become. */
    static final List<ConfigKey<?>> KEYS = Stream.of(
                    NodeConfig.KEYS,
                    HttpConfig.KEYS,
                    ApiConfig.KEYS,
                    StorageConfig.KEYS,
                    LoggingConfig.KEYS,
                    ClusterConfig.KEYS,
                    SecurityConfig.KEYS,
                    TlsConfig.KEYS,
                    BackupConfig.KEYS)
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private static final Map<String, ConfigKey<?>> BY_NAME = byName();

    private ConfigTable() {}

    /** The key of this name, null when there is none. */
    static @Nullable ConfigKey<?> find(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, ConfigKey<?>> byName() {
        Map<String, ConfigKey<?>> index = new LinkedHashMap<>();
        KEYS.forEach(key -> index.put(key.name(), key));
        return index;
    }
}
