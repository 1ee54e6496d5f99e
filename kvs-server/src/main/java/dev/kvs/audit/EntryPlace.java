package dev.kvs.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an entry is: {@code 12.40960.3}.
 *
 * @param segment number of its segment
 * @param offset of its block in the segment
 * @param index of the entry in its block, from 0
 */
public record EntryPlace(long segment, int offset, int index) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})\\.([0-9]{1,8})\\.([0-9]{1,8})");

    /** Reads what {@link #toString} wrote; empty for anything else. */
    public static Optional<EntryPlace> parse(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EntryPlace(
                Long.parseLong(found.group(1)), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3))));
    }

    @Override
    public String toString() {
        return segment + "." + offset + "." + index;
    }
}
