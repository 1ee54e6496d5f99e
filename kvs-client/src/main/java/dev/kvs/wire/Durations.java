package dev.kvs.wire;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them, the same in the configuration, in {@code ?ttl} and on the command line: a whole number
 * and one unit, {@code 500ms}, {@code 90s}, {@code 15m}, {@code 1h}, {@code 7d}; or {@code 0}, which means never or off.
 */
public final class Durations {
    /** The longest duration, 100 years: far beyond any use, and far from overflowing a time in milliseconds. */
    public static final Duration MAX = Duration.ofDays(36_500);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,14})(ms|s|m|h|d)");

    /** From the largest unit to the smallest. */
    private static final SequencedMap<String, Long> MILLIS_OF = units();

    private Durations() {}

    /** Whether {@link #parse} takes the text. */
    public static boolean isValid(String text) {
        if (text.equals("0")) {
            return true;
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && isInBounds(matcher);
    }

    /**
     * Reads a duration from 0 to {@link #MAX}.
     *
     * @throws IllegalArgumentException with a message for people when the text is not one
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration: write a whole number and one of ms, s,"
                            + " m, h, d, such as 500ms, 90s, 15m, 1h or 7d, or 0 for never");
        }
        if (!isInBounds(matcher)) {
            throw new IllegalArgumentException("'" + text + "' is too long a duration: the limit is " + format(MAX));
        }
        return Duration.ofMillis(Long.parseLong(matcher.group(1)) * millisOf(matcher.group(2)));
    }

    /**
     * Writes a duration with the largest unit that loses nothing, so that {@link #parse} gives it back.
     *
     * @throws IllegalArgumentException when it is negative, longer than {@link #MAX} or finer than a millisecond
     */
    public static String format(Duration duration) {
        if (duration.isNegative()
                || duration.compareTo(MAX) > 0
                || !duration.truncatedTo(ChronoUnit.MILLIS).equals(duration)) {
            throw new IllegalArgumentException("the duration " + duration
                    + " is not a whole number of milliseconds from 0 to " + MAX.toDays() + "d");
        }
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0";
        }
        for (Map.Entry<String, Long> unit : MILLIS_OF.entrySet()) {
            if (millis % unit.getValue() == 0) {
                return millis / unit.getValue() + unit.getKey();
            }
        }
        throw new AssertionError("every number is a multiple of one millisecond");
    }

    private static boolean isInBounds(Matcher matcher) {
        return Long.parseLong(matcher.group(1)) <= MAX.toMillis() / millisOf(matcher.group(2));
    }

    private static long millisOf(String unit) {
        return Objects.requireNonNull(MILLIS_OF.get(unit), unit);
    }

    private static SequencedMap<String, Long> units() {
        SequencedMap<String, Long> units = new LinkedHashMap<>();
        units.put("d", 86_400_000L);
        units.put("h", 3_600_000L);
        units.put("m", 60_000L);
        units.put("s", 1_000L);
        units.put("ms", 1L);
        return Collections.unmodifiableSequencedMap(units);
    }
}
