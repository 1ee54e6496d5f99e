package dev.kvs.boot.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns given values into settings, collecting every problem instead of stopping at the first. */
final class Validation {
    private final Map<String, Given> given;
    private final String hostName;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /**
     * @param given the winning value of each key that has one
     * @param hostName what an empty {@code node_id} stands for
     */
    Validation(Map<String, Given> given, String hostName) {
        this.given = given;
        this.hostName = hostName;
    }

    /** Every key with its value; a refused one has its default, so that the other checks can go on. */
    Settings settings(Path base) {
        List<Setting<?>> all = new ArrayList<>();
        ConfigTable.KEYS.forEach(key -> all.add(setting(key)));
        Settings settings = new Settings(base, all);
        CrossCheck.ALL.forEach(check -> apply(check, settings));
        return settings;
    }

    private <T> Setting<T> setting(ConfigKey<T> key) {
        Given value = given.get(key.name());
        if (value == null) {
            return named(new Setting<>(key, key.defaultValue(), Source.DEFAULT));
        }
        return switch (key.type().parse(value.value())) {
            case Parsed.Good<T>(T good) -> named(new Setting<>(key, good, value.source()));
            case Parsed.Bad<T>(String what) -> {
                refused.add(key.name());
                problems.add(problem(key, value, what));
                yield new Setting<>(key, key.defaultValue(), Source.DEFAULT);
            }
        };
    }

    /** Fills in the host's name: the one default that is not the same on every machine. */
    @SuppressWarnings("unchecked") // the key says that its value is a string
    private <T> Setting<T> named(Setting<T> setting) {
        boolean hostIsMeant =
                setting.key().equals(NodeConfig.NODE_ID) && setting.value().equals("");
        return hostIsMeant ? new Setting<>(setting.key(), (T) hostName, Source.DEFAULT) : setting;
    }

    private static ConfigProblem problem(ConfigKey<?> key, Given value, String what) {
        String fix = "use " + key.allowed() + ", or remove it for the default " + key.defaultText();
        return new ConfigProblem(key.name(), shown(key, value.value().text()) + " " + what, value.where(), fix);
    }

    private void apply(CrossCheck check, Settings settings) {
        boolean checkable = !refused.contains(check.key().name())
                && !refused.contains(check.other().name());
        if (checkable && !check.holds().test(settings)) {
            problems.add(new ConfigProblem(
                    check.key().name(),
                    valueOf(check.key(), settings) + " " + check.what(),
                    where(check),
                    check.fix()));
        }
    }

    private static <T> String valueOf(ConfigKey<T> key, Settings settings) {
        return shown(key, key.type().write(settings.get(key)));
    }

    private String where(CrossCheck check) {
        return place(check.key()) + "; " + check.other().name() + ": " + place(check.other());
    }

    private String place(ConfigKey<?> key) {
        @Nullable Given value = given.get(key.name());
        return value == null ? "default" : value.where();
    }

    /** The value in a report: shortened, on one line, and never a secret. */
    private static String shown(ConfigKey<?> key, String text) {
        if (key.secret()) {
            return "the value (not shown)";
        }
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() > 80 ? line.substring(0, 80) + "..." : line) + "'";
    }

    /** Everything found wrong so far. */
    List<ConfigProblem> problems() {
        return problems;
    }
}
