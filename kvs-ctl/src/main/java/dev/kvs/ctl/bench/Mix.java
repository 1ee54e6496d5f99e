package dev.kvs.ctl.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many of a hundred operations read; the others write. Written {@code r80/w20}, {@code r100} or {@code w100}.
 *
 * @param reads 0 to 100
 */
public record Mix(int reads) {
    private static final Pattern FORM = Pattern.compile("(?:r([0-9]{1,3}))?/?(?:w([0-9]{1,3}))?");
    private static final int WHOLE = 100;

    public Mix {
        if (reads < 0 || reads > WHOLE) {
            throw new IllegalArgumentException("reads are 0 to 100 of a hundred, not " + reads);
        }
    }

    /** Reads the form above; throws {@link IllegalArgumentException} with a message for people. */
    public static Mix parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!text.isEmpty() && matcher.matches()) {
            int reads = share(matcher.group(1));
            int writes = share(matcher.group(2));
            if (reads + writes == WHOLE) {
                return new Mix(reads);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a mix: write r80/w20, with shares of reads and writes that add up to 100");
    }

    private static int share(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        return "r" + reads + "/w" + (WHOLE - reads);
    }
}
