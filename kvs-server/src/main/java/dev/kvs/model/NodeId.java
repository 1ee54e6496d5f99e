package dev.kvs.model;

import java.util.regex.Pattern;

/**
 * A node's name: 1 to 64 of {@code a-z A-Z 0-9 . _ -}, beginning with a letter or digit, so that it can stand in a URL, a
 * file name, a metric label and a log line without quoting.
 */
public record NodeId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Throws {@link IllegalArgumentException} when the name does not have the form above. */
    public NodeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a node name: use 1 to 64 letters, digits, '.',"
                    + " '_' or '-', beginning with a letter or digit");
        }
    }

    /** Whether {@code value} has the form of a node name. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
