package dev.kvs.ctl.command;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The prefix below which somebody is working. Keys are read from there on, unless they begin with a slash.
 *
 * @param prefix without a slash at its end; empty for the root
 */
public record Place(String prefix) {
    public static final Place ROOT = new Place("");

    /** The key or prefix that a word means here: {@code ..} goes up, a slash at the beginning means the root. */
    public String resolve(String word) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : (word.startsWith("/") ? word : prefix + "/" + word).split("/", -1)) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.addLast(segment);
            }
        }
        return String.join("/", segments) + (word.endsWith("/") && !segments.isEmpty() ? "/" : "");
    }

    /** The place that a word leads to; the root for none. */
    public Place change(String word) {
        String there = word.isEmpty() ? "" : resolve(word);
        return new Place(there.endsWith("/") ? there.substring(0, there.length() - 1) : there);
    }

    /** What stands before the names of this place. */
    public String path() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }
}
