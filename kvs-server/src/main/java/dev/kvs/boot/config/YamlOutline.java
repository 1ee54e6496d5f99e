package dev.kvs.boot.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Which keys a YAML text has at its top, and on which lines. Helidon's parser keeps neither lines nor duplicates (the
 * last one wins silently), so this walks the text's events beforehand.
 *
 * @param keys in the order of the text, duplicates included
 */
record YamlOutline(List<KeyLine> keys) {
    /**
     * A key and where it stands.
     *
     * @param line counted from 1
     */
    record KeyLine(String name, int line) {}

    /** What became of reading a text: an outline, or the one fault that stopped the parser. */
    sealed interface Result {
        /** The text is a mapping. */
        record Read(YamlOutline outline) implements Result {}

        /**
         * It is not.
         *
         * @param line counted from 1; 0 when the fault has no place
         */
        record Malformed(int line, String what) implements Result {}
    }

    YamlOutline {
        keys = List.copyOf(keys);
    }

    /** Reads the outline of a text. */
    static Result read(String text) {
        try {
            return new Walk().through(text);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            return new Result.Malformed(line, "is not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            return new Result.Malformed(0, "is not valid YAML: " + firstLine(e));
        }
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** One pass over the events. Depth 1 is inside the top mapping, where keys and values alternate. */
    private static final class Walk {
        /** The deepest value of any key is a list in the top mapping; the parser slows down badly on deep nesting. */
        private static final int MAX_DEPTH = 10;

        private final List<KeyLine> keys = new ArrayList<>();
        private int depth;
        private boolean atKey = true;

        Result through(String text) {
            for (Event event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
                int line = event.getStartMark().getLine() + 1;
                if (event instanceof NodeEvent && depth == 0 && !isTop(event)) {
                    return new Result.Malformed(line, "is not a list of 'key: value' lines");
                }
                if (event instanceof NodeEvent && depth == 1 && atKey) {
                    if (!(event instanceof ScalarEvent scalar)) {
                        return new Result.Malformed(line, "has a key that is not a plain word");
                    }
                    keys.add(new KeyLine(scalar.getValue(), line));
                }
                step(event);
                if (depth > MAX_DEPTH) {
                    return new Result.Malformed(line, "is nested more than " + MAX_DEPTH + " deep");
                }
            }
            return new Result.Read(new YamlOutline(keys));
        }

        /** A mapping, or the empty scalar of a text that says only {@code ---}. */
        private static boolean isTop(Event event) {
            return event instanceof MappingStartEvent
                    || (event instanceof ScalarEvent scalar && scalar.getValue().isEmpty());
        }

        private void step(Event event) {
            if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof NodeEvent && depth == 1) {
                atKey = !atKey;
            }
            if (event instanceof CollectionStartEvent) {
                depth++;
            }
        }
    }
}
