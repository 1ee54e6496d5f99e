package dev.kvs.boot.config;

import dev.kvs.platform.Check;
import dev.kvs.wire.Durations;
import java.time.Duration;

/**
 * A length of time as {@link Durations} writes it, or a plain number of seconds.
 *
 * @param min shortest allowed
 * @param max longest allowed
 */
record Span(Duration min, Duration max) implements ValueType<Duration> {
    Span {
        Check.that(!min.isNegative() && min.compareTo(max) <= 0, "bounds are ordered and not negative", min);
    }

    @Override
    public Parsed<Duration> parse(RawValue raw) {
        if (!(raw instanceof RawValue.Scalar scalar)) {
            return ValueType.notOneValue(raw);
        }
        String text = scalar.text();
        if (text.isEmpty()) {
            return ValueType.empty();
        }
        String withUnit = isPlainNumber(text) && !text.equals("0") ? text + "s" : text;
        if (!Durations.isValid(withUnit)) {
            return new Parsed.Bad<>("is not a duration of at most " + write(Durations.MAX));
        }
        return within(Durations.parse(withUnit));
    }

    private Parsed<Duration> within(Duration value) {
        if (value.compareTo(min) < 0) {
            return new Parsed.Bad<>("is shorter than the shortest allowed, " + write(min));
        }
        return value.compareTo(max) > 0
                ? new Parsed.Bad<>("is longer than the longest allowed, " + write(max))
                : new Parsed.Good<>(value);
    }

    private static boolean isPlainNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String allowed() {
        return "a time from " + write(min) + " to " + write(max);
    }

    @Override
    public String write(Duration value) {
        return Durations.format(value);
    }
}
