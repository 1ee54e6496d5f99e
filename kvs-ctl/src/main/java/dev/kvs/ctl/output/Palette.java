package dev.kvs.ctl.output;

/** ANSI colours, or none. Only the eight basic colours, which every terminal's own theme makes readable. */
public enum Palette {
    PLAIN,
    ANSI;

    private static final String RESET = "\u001b[0m";

    String header(String text) {
        return paint("1", text);
    }

    String name(String text) {
        return paint("34", text);
    }

    String scalar(String text) {
        return paint(text.startsWith("\"") ? "32" : "36", text);
    }

    /** For the word "error" and what is broken. */
    public String bad(String text) {
        return paint("31", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + RESET;
    }
}
