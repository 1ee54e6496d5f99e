package dev.kvs.boot.config;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * One of a few words: the constants of an enum in lower case with hyphens.
 *
 * @param constants the choices, in the order they are shown
 */
record Choice<E extends Enum<E>>(List<E> constants) implements ValueType<E> {
    Choice {
        constants = List.copyOf(constants);
    }

    @Override
    public Parsed<E> parse(RawValue raw) {
        if (!(raw instanceof RawValue.Scalar scalar)) {
            return ValueType.notOneValue(raw);
        }
        for (E constant : constants) {
            if (write(constant).equalsIgnoreCase(scalar.text())) {
                return new Parsed.Good<>(constant);
            }
        }
        return scalar.text().isEmpty() ? ValueType.empty() : new Parsed.Bad<>("is not one of the choices");
    }

    @Override
    public String allowed() {
        StringJoiner words = new StringJoiner(", ", "one of ", "");
        constants.forEach(constant -> words.add(write(constant)));
        return words.toString();
    }

    @Override
    public String write(E value) {
        return word(value);
    }

    /** The word that stands for a constant in the file. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
