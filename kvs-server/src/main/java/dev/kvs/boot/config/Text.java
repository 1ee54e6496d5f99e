package dev.kvs.boot.config;

import java.util.function.Predicate;

/**
 * A text of one line.
 *
 * @param max most characters
 * @param form what it must look like, as it reads after "use"
 * @param fits whether a text has that form
 */
record Text(int max, String form, Predicate<String> fits) implements ValueType<String> {
    @Override
    public Parsed<String> parse(RawValue raw) {
        if (!(raw instanceof RawValue.Scalar scalar)) {
            return ValueType.notOneValue(raw);
        }
        String text = scalar.text();
        if (text.length() > max) {
            return new Parsed.Bad<>("has " + text.length() + " characters, more than " + max);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return new Parsed.Bad<>("contains a control character");
        }
        if (!fits.test(text)) {
            return text.isEmpty() ? ValueType.empty() : new Parsed.Bad<>("does not have the right form");
        }
        return new Parsed.Good<>(text);
    }

    @Override
    public String allowed() {
        return form + " of at most " + max + " characters";
    }

    @Override
    public String write(String value) {
        return quoted(value);
    }

    /** The text in YAML's double quotes, which are the only ones without surprises ({@code no}, {@code 1e3}, {@code #}). */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
