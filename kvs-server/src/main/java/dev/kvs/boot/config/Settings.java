package dev.kvs.boot.config;

import dev.kvs.platform.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value in effect of every key, in the order of the table. */
final class Settings {
    private final Path base;
    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();

    /**
     * @param base the directory of the configuration file: relative paths begin there, so that a node finds its data
     *     again from whatever directory it is started
     */
    Settings(Path base, List<Setting<?>> all) {
        this.base = base;
        all.forEach(setting -> byName.put(setting.key().name(), setting));
    }

    /** The value of a key. */
    @SuppressWarnings("unchecked") // a Setting<T> is built from its ConfigKey<T>, and names are unique
    <T> T get(ConfigKey<T> key) {
        return (T) Check.present(byName.get(key.name()), "every key of the table has a setting")
                .value();
    }

    /** The value of a number whose bounds fit an int. */
    int intOf(ConfigKey<Long> key) {
        return Math.toIntExact(get(key));
    }

    /** The value of a number of milliseconds. */
    Duration millisOf(ConfigKey<Long> key) {
        return Duration.ofMillis(get(key));
    }

    /** The value of a number of hours. */
    Duration hoursOf(ConfigKey<Long> key) {
        return Duration.ofHours(get(key));
    }

    /** The value of a path, absolute and without {@code .} and {@code ..}. */
    Path pathOf(ConfigKey<String> key) {
        return base.resolve(get(key)).toAbsolutePath().normalize();
    }

    /** Every setting, in the order of the table. */
    List<Setting<?>> all() {
        return List.copyOf(byName.values());
    }
}
