package dev.kvs.ctl.output;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One field of what a command shows.
 *
 * @param field the member's name in JSON and YAML; in capitals, the header of the table
 * @param shown which tables show it
 * @param right whether a table aligns it to the right, as numbers want it
 */
public record Column(String field, Shown shown, boolean right) {
    /** Which tables show a column. JSON and YAML have them all. */
    public enum Shown {
        ALWAYS,
        /** With {@code -o wide} only. */
        WIDE,
        /** In no table: it repeats what another column says, or is too large for a cell. */
        NEVER
    }

    /** A column that every table shows. */
    public static Column of(String field) {
        return new Column(field, Shown.ALWAYS, false);
    }

    /** A column of numbers. */
    public static Column number(String field) {
        return new Column(field, Shown.ALWAYS, true);
    }

    /** This column in wide tables only. */
    public Column inWide() {
        return new Column(field, Shown.WIDE, right);
    }

    /** This column in no table. */
    public Column inNoTable() {
        return new Column(field, Shown.NEVER, right);
    }

    String header() {
        return field.toUpperCase(Locale.ROOT);
    }

    /** A value as a table shows it: times in UTC, lists with commas, nothing for what is absent. */
    public static String text(@Nullable Object value) {
        return Glyphs.cell(plain(value));
    }

    /** The same with all its characters as they are. */
    static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Instant time -> time.toString();
            case List<?> list -> list.stream().map(Column::plain).collect(Collectors.joining(","));
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            default -> value.toString();
        };
    }
}
