package dev.kvs.boot.config;

import dev.kvs.model.NodeId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The forms of texts that occur in more than one place of the table. */
final class Forms {
    /** Longest path: Linux's PATH_MAX. */
    private static final int MAX_PATH = 4096;

    /** Longest host name in DNS (RFC 1035), which any written IP address is shorter than. */
    private static final int MAX_HOST = 253;

    private Forms() {}

    static Text path() {
        return new Text(MAX_PATH, "a path", text -> !text.isBlank() && isPath(text));
    }

    static Text optionalPath() {
        return new Text(MAX_PATH, "a path, or \"\" for none,", Forms::isPath);
    }

    static Text host() {
        return new Text(MAX_HOST, "a host name or IP address", Forms::isHost);
    }

    static Text hostAndPort() {
        return new Text(MAX_HOST + 6, "host:port", Forms::isHostAndPort);
    }

    static Text optionalHostAndPort() {
        return new Text(MAX_HOST + 6, "host:port, or \"\" for none,", text -> text.isEmpty() || isHostAndPort(text));
    }

    static Text optionalNodeId() {
        return new Text(
                64,
                "letters, digits, '.', '_' or '-' beginning with a letter or digit, or \"\" for the host's name,",
                text -> text.isEmpty() || NodeId.isValid(text));
    }

    private static boolean isPath(String text) {
        try {
            return Path.of(text).toString().length() <= MAX_PATH;
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static boolean isHost(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || ".-:_[]%".indexOf(c) >= 0));
    }

    private static boolean isHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !isHost(text.substring(0, colon))) {
            return false;
        }
        RawValue port = new RawValue.Scalar(text.substring(colon + 1));
        return new WholeNumber(1, 65_535, "").parse(port) instanceof Parsed.Good<Long>;
    }
}
