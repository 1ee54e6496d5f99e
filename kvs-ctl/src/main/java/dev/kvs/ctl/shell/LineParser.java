package dev.kvs.ctl.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Lets JLine read lines as {@link ShellWords} does, and ask for more of a line that is not finished. */
final class LineParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean meta = line.stripLeading().startsWith("\\");
        if (context == ParseContext.ACCEPT_LINE && !meta && new ShellWords(line).isOpen()) {
            throw new EOFError(-1, -1, "a quote or a bracket is open");
        }
        return Words.of(line, cursor);
    }

    /** A line up to the cursor; what stands behind it does not matter to what may come next. */
    private record Words(String line, int cursor, List<String> words, int start) implements CompletingParsedLine {
        static Words of(String line, int cursor) {
            String before = line.substring(0, cursor);
            ShellWords read = new ShellWords(before);
            List<String> words = new ArrayList<>(read.words());
            int start = read.lastStart();
            if (start == before.length()) {
                words.add("");
            }
            return new Words(line, cursor, words, start);
        }

        @Override
        public String word() {
            return words.getLast();
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            String typed = ShellWords.typed(candidate.toString());
            // What goes on stays open, so that the next Tab sees one word.
            return !complete && typed.startsWith("'") ? typed.substring(0, typed.length() - 1) : typed;
        }

        @Override
        public int rawWordCursor() {
            return cursor - start;
        }

        @Override
        public int rawWordLength() {
            return cursor - start;
        }
    }
}
