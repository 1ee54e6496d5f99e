package dev.kvs.boot.config;

import java.util.Locale;

/** On or off. YAML's other spellings ({@code yes}, {@code on}) mean the same in the file and in overrides. */
record Flag() implements ValueType<Boolean> {
    @Override
    public Parsed<Boolean> parse(RawValue raw) {
        if (!(raw instanceof RawValue.Scalar scalar)) {
            return ValueType.notOneValue(raw);
        }
        return switch (scalar.text().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> new Parsed.Good<>(true);
            case "false", "no", "off" -> new Parsed.Good<>(false);
            case "" -> ValueType.empty();
            default -> new Parsed.Bad<>("is neither true nor false");
        };
    }

    @Override
    public String allowed() {
        return "true or false";
    }

    @Override
    public String write(Boolean value) {
        return value.toString();
    }
}
