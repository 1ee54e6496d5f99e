package dev.kvs.boot.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What environment and system properties say. An unknown {@code -Dkvs.} name is refused like an unknown key in the file;
 * an unknown {@code KVS_} variable is only mentioned, because supervisors and the launcher put names of their own there.
 */
final class Overrides {
    private final Map<String, Given> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private Overrides() {}

    static Overrides of(Map<String, String> environment, Properties properties) {
        Overrides found = new Overrides();
        for (ConfigKey<?> key : ConfigTable.KEYS) {
            found.take(key, environment.get(key.environmentName()), properties.getProperty(key.propertyName()));
        }
        found.refuseUnknownProperties(properties);
        found.remarkUnknownVariables(environment);
        return found;
    }

    private void take(ConfigKey<?> key, @Nullable String variable, @Nullable String property) {
        if (property != null) {
            String where = "-D" + key.propertyName();
            values.put(key.name(), new Given(new RawValue.Scalar(property), Source.SYSTEM_PROPERTY, where));
        } else if (variable != null) {
            String where = "environment variable " + key.environmentName();
            values.put(key.name(), new Given(new RawValue.Scalar(variable), Source.ENVIRONMENT, where));
        }
    }

    private void refuseUnknownProperties(Properties properties) {
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith("kvs.") && ConfigTable.find(name.substring(4)) == null) {
                problems.add(UnknownKey.problem(name.substring(4), "-D" + name));
            }
        }
    }

    private void remarkUnknownVariables(Map<String, String> environment) {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("KVS_")) {
                String key = name.substring(4).toLowerCase(Locale.ROOT);
                String nearest = ConfigTable.find(key) == null ? UnknownKey.nearest(key) : null;
                if (nearest != null) {
                    remarks.add("The environment variable " + name + " is no setting of this node; did you mean KVS_"
                            + nearest.toUpperCase(Locale.ROOT) + "?");
                }
            }
        }
    }

    /** The overriding value of each key that has one. */
    Map<String, Given> values() {
        return values;
    }

    /** Unknown system properties. */
    List<ConfigProblem> problems() {
        return problems;
    }

    /** Environment variables that look like a slip of the keyboard. */
    List<String> remarks() {
        return remarks;
    }
}
