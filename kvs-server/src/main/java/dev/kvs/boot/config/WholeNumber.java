package dev.kvs.boot.config;

import dev.kvs.platform.Check;

/**
 * A whole number within bounds.
 *
 * @param min smallest allowed value
 * @param max largest allowed value
 * @param unit what is counted, for people; empty when the number stands for itself
 */
record WholeNumber(long min, long max, String unit) implements ValueType<Long> {
    WholeNumber {
        Check.that(min >= 0 && min <= max, "bounds are ordered and not negative", min);
    }

    @Override
    public Parsed<Long> parse(RawValue raw) {
        if (!(raw instanceof RawValue.Scalar scalar)) {
            return ValueType.notOneValue(raw);
        }
        String text = scalar.text();
        if (text.isEmpty()) {
            return ValueType.empty();
        }
        if (!isWhole(text)) {
            return new Parsed.Bad<>("is not a whole number");
        }
        return within(text);
    }

    /** Compares without overflow: a number with more digits than the bound is past it, whatever it is. */
    private Parsed<Long> within(String text) {
        boolean negative = text.charAt(0) == '-';
        if (text.length() > 18) {
            return new Parsed.Bad<>(negative ? below() : above());
        }
        long value = Long.parseLong(text);
        if (value < min) {
            return new Parsed.Bad<>(below());
        }
        return value > max ? new Parsed.Bad<>(above()) : new Parsed.Good<>(value);
    }

    private String below() {
        return "is below the smallest value, " + min;
    }

    private String above() {
        return "is above the largest value, " + max;
    }

    private static boolean isWhole(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < text.length();
    }

    @Override
    public String allowed() {
        return "a whole number from " + min + " to " + max + (unit.isEmpty() ? "" : " (" + unit + ")");
    }

    @Override
    public String write(Long value) {
        return value.toString();
    }
}
