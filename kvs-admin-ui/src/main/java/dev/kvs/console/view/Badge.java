package dev.kvs.console.view;

/**
 * A word with a colour, and a sign for whoever does not see it.
 *
 * @param tone {@code good}, {@code warn}, {@code bad} or {@code calm}
 */
public record Badge(String text, String tone) {
    public static Badge good(String text) {
        return new Badge(text, "good");
    }

    public static Badge warn(String text) {
        return new Badge(text, "warn");
    }

    public static Badge bad(String text) {
        return new Badge(text, "bad");
    }

    public static Badge calm(String text) {
        return new Badge(text, "calm");
    }

    /** Says the tone without a colour. */
    public String sign() {
        return switch (tone) {
            case "good" -> "✓";
            case "warn" -> "!";
            case "bad" -> "✕";
            default -> "·";
        };
    }
}
