package dev.kvs.ctl.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the shell, cut into words at blanks. JSON stays as it is typed, its quotes and blanks included, where a word or what
 * stands behind its {@code =} begins with a brace, a bracket or a double quote. Everything else can be put between single quotes,
 * or have a backslash before it.
 *
 * <pre>{@code
 * put users/ada {"name": "Ada"}          put, users/ada, {"name": "Ada"}
 * get 'a key' --pointer /na\ me          get, a key, --pointer, /na me
 * find --where /name="Ada"               find, --where, /name="Ada"
 * }</pre>
 */
public final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean open;
    private int at;

    /** Reads a line of any length; what is not finished is read as far as it goes. */
    public ShellWords(String line) {
        this.line = line;
        while (at < line.length()) {
            step(line.charAt(at));
        }
        end();
    }

    private void step(char c) {
        if (Character.isWhitespace(c)) {
            end();
            at++;
            return;
        }
        if (!inWord) {
            inWord = true;
            starts.add(at);
        }
        boolean jsonMayBegin = word.isEmpty() || word.charAt(word.length() - 1) == '=';
        if (jsonMayBegin && (c == '{' || c == '[' || c == '"')) {
            json();
        } else if (c == '\'') {
            quoted();
        } else if (c == '\\') {
            open |= at + 1 == line.length();
            word.append(at + 1 < line.length() ? line.substring(at + 1, at + 2) : "");
            at += 2;
        } else {
            word.append(c);
            at++;
        }
    }

    private void quoted() {
        int close = line.indexOf('\'', at + 1);
        open |= close < 0;
        word.append(line, at + 1, close < 0 ? line.length() : close);
        at = close < 0 ? line.length() : close + 1;
    }

    /** To the bracket or quote that closes the first one. */
    private void json() {
        int depth = 0;
        boolean string = false;
        do {
            char c = line.charAt(at);
            word.append(c);
            at++;
            if (string && c == '\\' && at < line.length()) {
                word.append(line.charAt(at));
                at++;
            } else if (c == '"') {
                string = !string;
            } else if (!string) {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
        } while ((string || depth > 0) && at < line.length());
        open |= string || depth > 0;
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word = new StringBuilder();
            inWord = false;
        }
    }

    /** The words, quotes and backslashes removed. */
    public List<String> words() {
        return words;
    }

    /** Where in the line the last word begins; the line's end when a blank stands there. */
    int lastStart() {
        boolean blank = line.isEmpty() || (Character.isWhitespace(line.charAt(line.length() - 1)) && !open);
        return starts.isEmpty() || blank ? line.length() : starts.getLast();
    }

    /** Whether a quote, a bracket or a line is not finished. */
    public boolean isOpen() {
        return open;
    }

    /** A word as it must be typed to be read as itself. */
    static String typed(String word) {
        return word.chars().anyMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '\\')
                        || (!word.isEmpty() && "{[\"".indexOf(word.charAt(0)) >= 0)
                ? "'" + word.replace("'", "'\\''") + "'"
                : word;
    }
}
