package dev.kvs.http;

import dev.kvs.model.Hlc;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Reads {@code ?at} and {@code ?since}: milliseconds since the epoch, or ISO-8601 with a time zone. */
final class Moments {
    private static final int DIGITS_MAX = 18;

    private Moments() {}

    /** Milliseconds since the epoch, 0 to {@link Hlc#MAX_MILLIS}; {@code invalid_parameter}. */
    static long parse(String name, String text) {
        long millis = isNumber(text) ? Long.parseLong(text) : ofIso(name, text);
        if (millis < 0 || millis > Hlc.MAX_MILLIS) {
            throw refused(name, text);
        }
        return millis;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long ofIso(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException notIso) {
            throw refused(name, text);
        }
    }

    private static RuntimeException refused(String name, String text) {
        return QueryParameters.invalid(
                name,
                "is milliseconds since the epoch or ISO-8601 such as 2026-01-31T12:00:00Z, not " + Quoted.of(text));
    }
}
