package dev.kvs.wire;

import java.util.Optional;

/**
 * Permission bits for people: twelve characters, four for the owner, four for the group and four for others, each {@code c}reate,
 * {@code d}elete, {@code w}rite, {@code r}ead or a dash, for example {@code cdwr--wr----}. Three hexadecimal digits say the same in
 * short: {@code f30}.
 */
public final class Permissions {
    private static final String LETTERS = "cdwr";
    private static final int BITS = 12;
    private static final int HEX_DIGITS = 3;

    private Permissions() {}

    /** Twelve bits as text. */
    public static String format(int permissions) {
        StringBuilder text = new StringBuilder(BITS);
        for (int i = 0; i < BITS; i++) {
            boolean set = (permissions & (1 << (BITS - 1 - i))) != 0;
            text.append(set ? LETTERS.charAt(i % LETTERS.length()) : '-');
        }
        return text.toString();
    }

    /** Reads either form; empty for anything else. */
    public static Optional<Integer> parse(String text) {
        if (text.length() == HEX_DIGITS && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            return Optional.of(Integer.parseInt(text, 16));
        }
        if (text.length() != BITS) {
            return Optional.empty();
        }
        int permissions = 0;
        for (int i = 0; i < BITS; i++) {
            char c = text.charAt(i);
            boolean set = c == LETTERS.charAt(i % LETTERS.length());
            if (!set && c != '-') {
                return Optional.empty();
            }
            permissions = 2 * permissions + (set ? 1 : 0);
        }
        return Optional.of(permissions);
    }
}
