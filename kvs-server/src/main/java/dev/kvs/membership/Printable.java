package dev.kvs.membership;

/** The form of short texts that travel between nodes: they stand in logs, labels and pages without quoting. */
final class Printable {
    private Printable() {}

    /** Whether the text has 1 to {@code lengthMax} characters of ASCII, none of them a blank or a control character. */
    static boolean isWord(String text, int lengthMax) {
        int length = text.length();
        if (length == 0 || length > lengthMax) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127) {
                return false;
            }
        }
        return true;
    }
}
