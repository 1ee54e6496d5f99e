package dev.kvs.boot.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list of texts; in overrides, where there are no lists, separated by commas.
 *
 * @param max most entries
 * @param item what an entry looks like
 */
record TextList(int max, Text item) implements ValueType<List<String>> {
    @Override
    public Parsed<List<String>> parse(RawValue raw) {
        return switch (raw) {
            case RawValue.Items list -> check(list.items());
            case RawValue.Scalar scalar -> check(split(scalar.text()));
            case RawValue.Nested _ -> ValueType.notOneValue(raw);
        };
    }

    private static List<String> split(String text) {
        return text.isBlank() ? List.of() : List.of(text.split(",", -1));
    }

    private Parsed<List<String>> check(List<String> entries) {
        if (entries.size() > max) {
            return new Parsed.Bad<>("has " + entries.size() + " entries, more than " + max);
        }
        List<String> good = new ArrayList<>();
        for (String entry : entries) {
            switch (item.parse(new RawValue.Scalar(entry.strip()))) {
                case Parsed.Good<String>(String value) -> good.add(value);
                case Parsed.Bad<String>(String what) -> {
                    return new Parsed.Bad<>("has the entry '" + entry + "', which " + what);
                }
            }
        }
        return new Parsed.Good<>(List.copyOf(good));
    }

    @Override
    public String allowed() {
        return "a list of at most " + max + " entries, each " + item.allowed();
    }

    @Override
    public String write(List<String> value) {
        return value.stream().map(Text::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
