package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import io.helidon.http.HeaderName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The list in {@code If-Match} and {@code If-None-Match} (RFC 9110, 8.8.3 and 13.1): {@code *}, or entity tags such as
 * {@code "uuid"}, {@code "uuid.raw"} and {@code W/"uuid"}, separated by commas.
 *
 * @param any whether it is {@code *}
 * @param tags the tags with their quotes, weak ones with {@code W/} before
 */
record EntityTags(boolean any, List<String> tags) {
    private static final String WEAK = "W/";

    /** Reads all lines of a header; {@code invalid_header} when it is not such a list. */
    static EntityTags parse(HeaderName header, List<String> lines) {
        List<String> tags = new ArrayList<>();
        boolean any = false;
        for (String line : lines) {
            if (line.strip().equals("*")) {
                any = true;
            } else {
                addTags(header, line, tags);
            }
        }
        if (any == !tags.isEmpty() || (any && lines.size() > 1)) {
            throw invalid(header);
        }
        return new EntityTags(any, tags);
    }

    private static void addTags(HeaderName header, String line, List<String> tags) {
        int at = skip(line, 0);
        while (at < line.length()) {
            int start = at;
            int open = line.startsWith(WEAK, at) ? at + WEAK.length() : at;
            int close = open < line.length() && line.charAt(open) == '"' ? line.indexOf('"', open + 1) : -1;
            if (close < 0) {
                throw invalid(header);
            }
            tags.add(line.substring(start, close + 1));
            int next = close + 1;
            while (next < line.length() && isBlank(line.charAt(next))) {
                next++;
            }
            if (next < line.length() && line.charAt(next) != ',') {
                throw invalid(header);
            }
            at = skip(line, next);
        }
    }

    /** Skips blanks and commas: empty list elements are allowed. */
    private static int skip(String line, int at) {
        int next = at;
        while (next < line.length() && (isBlank(line.charAt(next)) || line.charAt(next) == ',')) {
            next++;
        }
        return next;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static KvsException invalid(HeaderName header) {
        return new KvsException(
                ErrorCode.INVALID_HEADER,
                "The header " + header.defaultCase()
                        + " must be * or a list of entity tags in double quotes, such as \"uuid\".");
    }

    /** The versions the tags name, in either form; weak tags and tags that are not ours are left out. */
    Set<UUID> strongVersions() {
        return versions(false);
    }

    /** The versions the tags name, in either form, weak tags included. */
    Set<UUID> allVersions() {
        return versions(true);
    }

    private Set<UUID> versions(boolean weakToo) {
        Set<UUID> versions = new HashSet<>();
        for (String tag : tags) {
            if (!tag.startsWith(WEAK)) {
                EntityTag.parse(tag).ifPresent(ours -> versions.add(ours.uuid()));
            } else if (weakToo) {
                EntityTag.parse(tag.substring(WEAK.length())).ifPresent(ours -> versions.add(ours.uuid()));
            }
        }
        return versions;
    }

    /** Whether one of the tags is this one, weakness aside: the comparison of {@code If-None-Match}. */
    boolean matchesWeakly(String tag) {
        for (String candidate : tags) {
            if (candidate.endsWith(tag) && (candidate.length() == tag.length() || candidate.startsWith(WEAK))) {
                return true;
            }
        }
        return false;
    }
}
