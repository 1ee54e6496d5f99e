package dev.kvs.membership;

/** The form of {@code host:port}. */
final class Address {
    /** A DNS name of 253 characters, a colon and a port; the bound of {@code seed_nodes} too. */
    static final int LENGTH_MAX = 259;

    private static final int PORT_MAX = 65_535;

    private Address() {}

    /** Whether the text is a host name, an IPv4 or a bracketed IPv6 address, with a port from 1. */
    static boolean isValid(String text) {
        int colon = text.lastIndexOf(':');
        return text.length() <= LENGTH_MAX && colon > 0 && isHost(text, colon) && isPort(text, colon + 1);
    }

    private static boolean isHost(String text, int end) {
        boolean bracketed = text.charAt(0) == '[' && text.charAt(end - 1) == ']';
        int first = bracketed ? 1 : 0;
        int last = bracketed ? end - 1 : end;
        for (int i = first; i < last; i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && (bracketed ? ":.%_-" : "._-").indexOf(c) < 0) {
                return false;
            }
        }
        return first < last;
    }

    private static boolean isPort(String text, int begin) {
        int number = 0;
        for (int i = begin; i < text.length() && number <= PORT_MAX; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            number = number * 10 + c - '0';
        }
        return number >= 1 && number <= PORT_MAX;
    }
}
