package dev.kvs.ctl.output;

import java.util.function.IntPredicate;
import org.jline.utils.WCWidth;

/** What characters do to a terminal: how many columns they take, and which must never reach it as they are. */
final class Glyphs {
    private Glyphs() {}

    /**
     * Whether a character could move the cursor, hide text or reorder it: controls, line separators and the
     * bidirectional overrides. A stored value must not be able to forge what the reader sees.
     */
    static boolean isUnprintable(char c) {
        return Character.isISOControl(c)
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\ufeff';
    }

    /** Appends the JSON escape of a character. */
    static void escape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
    }

    /** The text of one table cell: on one line, with nothing in it that a terminal would obey. */
    static String cell(String text) {
        return escaped(text, c -> isUnprintable((char) c));
    }

    /** The text of one line for another program: a key is never changed, since keys hold no controls. */
    static String line(String text) {
        return escaped(text, Character::isISOControl);
    }

    private static String escaped(String text, IntPredicate harmful) {
        if (text.chars().noneMatch(harmful)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (harmful.test(c)) {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** Columns that {@code text} takes: wide characters take two, combining marks none. */
    static int width(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.length();
        }
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
