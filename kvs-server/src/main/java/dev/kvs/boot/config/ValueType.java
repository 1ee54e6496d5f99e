package dev.kvs.boot.config;

/** What a key's value looks like: how it is read, what is allowed, how it is written. */
sealed interface ValueType<T> permits Flag, WholeNumber, Span, Choice, Text, TextList {
    /** Reads and checks a value. */
    Parsed<T> parse(RawValue raw);

    /** What is allowed, as it reads after "use", for example {@code "a whole number from 1 to 1000"}. */
    String allowed();

    /** The value as YAML on one line; {@link #parse} reads it back. */
    String write(T value);

    /** The refusal of a list or mapping where one value belongs. */
    static <T> Parsed<T> notOneValue(RawValue raw) {
        return new Parsed.Bad<>(raw instanceof RawValue.Items ? "is a list" : "is a section of its own");
    }

    /** The refusal of an empty value. */
    static <T> Parsed<T> empty() {
        return new Parsed.Bad<>("is empty");
    }
}
