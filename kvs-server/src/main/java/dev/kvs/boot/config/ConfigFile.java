package dev.kvs.boot.config;

import io.helidon.config.ConfigException;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigParser;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a configuration file into values, each with its line. */
final class ConfigFile {
    private final String name;
    private final Map<String, Given> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigFile(Path file) {
        this.name = String.valueOf(file.getFileName());
    }

    /** Reads a text; what is wrong with it is in {@link #problems()}. */
    static ConfigFile of(Path file, String text) {
        ConfigFile read = new ConfigFile(file);
        switch (YamlOutline.read(text)) {
            case YamlOutline.Result.Malformed(int line, String what) ->
                read.problems.add(new ConfigProblem(
                        "",
                        "the file " + what,
                        read.place(line),
                        "correct the line; every setting is one 'key: value'"));
            case YamlOutline.Result.Read(YamlOutline outline) -> read.take(outline, text);
        }
        return read;
    }

    private void take(YamlOutline outline, String text) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (YamlOutline.KeyLine key : outline.keys()) {
            Integer first = lines.putIfAbsent(key.name(), key.line());
            if (first != null) {
                problems.add(new ConfigProblem(
                        key.name(),
                        "is given again, first on line " + first,
                        place(key.line()),
                        "remove one of the two"));
            } else if (ConfigTable.find(key.name()) == null) {
                problems.add(UnknownKey.problem(key.name(), place(key.line())));
            }
        }
        try {
            Map<String, ConfigNode> nodes = parse(text);
            lines.forEach((key, line) -> {
                ConfigNode node = nodes.get(key);
                if (node != null && ConfigTable.find(key) != null) {
                    values.put(key, new Given(rawValue(node), Source.FILE, place(line)));
                }
            });
        } catch (ConfigException e) {
            problems.add(new ConfigProblem(
                    "", "the file cannot be read: " + e.getMessage(), name, "write one 'key: value' per line"));
        }
    }

    private static Map<String, ConfigNode> parse(String text) {
        ConfigParser.Content content = ConfigParser.Content.builder()
                .data(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .charset(StandardCharsets.UTF_8)
                .build();
        return YamlConfigParser.create().parse(content);
    }

    private static RawValue rawValue(ConfigNode node) {
        return switch (node) {
            case ConfigNode.ValueNode value -> new RawValue.Scalar(value.get());
            case ConfigNode.ListNode list
            when list.stream().allMatch(ConfigNode.ValueNode.class::isInstance) ->
                new RawValue.Items(list.stream()
                        .map(ConfigNode.ValueNode.class::cast)
                        .map(ConfigNode.ValueNode::get)
                        .toList());
            default -> new RawValue.Nested();
        };
    }

    private String place(int line) {
        return line == 0 ? name : name + ", line " + line;
    }

    /** The values of known keys. */
    Map<String, Given> values() {
        return values;
    }

    /** What is wrong with the text itself: malformed, unknown and repeated keys. */
    List<ConfigProblem> problems() {
        return problems;
    }
}
