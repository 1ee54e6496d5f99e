package dev.kvs.console.svg;

/** Words in pictures, which do not wrap. */
final class Texts {
    private Texts() {}

    static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
