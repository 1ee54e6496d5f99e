package dev.kvs.console.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, sizes and times as people read them. */
public final class Numbers {
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Numbers() {}

    /** {@code 1 234 567}, with narrow spaces that do not break. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** {@code 1.4 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** {@code 2026-01-02 03:04:05.678 UTC}. */
    public static String moment(long millis) {
        return FULL.format(Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS));
    }

    /** {@code 12 s ago}, or {@code in 3 h}. */
    public static String ago(long millis, Instant now) {
        long distance = now.toEpochMilli() - millis;
        if (Math.abs(distance) < SECOND) {
            return "now";
        }
        return distance > 0 ? span(distance) + " ago" : "in " + span(-distance);
    }

    /** {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 8 d}. */
    public static String span(long millis) {
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            return millis / SECOND + " s";
        }
        if (millis < HOUR) {
            return millis / MINUTE + " min";
        }
        return millis < 2 * DAY ? millis / HOUR + " h" : millis / DAY + " d";
    }

    /** A moment as a cell: how long ago, and when exactly. */
    public static Cell when(@Nullable Long millis, Instant now) {
        return millis == null ? Cell.none() : Cell.number(ago(millis, now)).hinted(moment(millis));
    }
}
