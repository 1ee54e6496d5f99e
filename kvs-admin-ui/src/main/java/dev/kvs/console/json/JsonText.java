package dev.kvs.console.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Optional;

/** One JSON document as text. */
public final class JsonText {
    /** What the node takes. */
    private static final int DEPTH_MAX = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonText() {}

    static JsonParser parser(String json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** What is wrong with a text and where, in a sentence; empty when it is one JSON value. */
    public static Optional<String> problem(String json) {
        if (json.isBlank()) {
            return Optional.of("There is nothing here; write a JSON value, for example {\"name\": \"Ada\"}.");
        }
        try (JsonParser parser = parser(json)) {
            int depth = 0;
            int values = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && ++values > 1) {
                    return Optional.of("There is more behind the end of the document; line "
                            + parser.currentTokenLocation().getLineNr() + ".");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > DEPTH_MAX) {
                    return Optional.of("It is more than " + DEPTH_MAX + " levels deep; line "
                            + parser.currentTokenLocation().getLineNr() + ".");
                }
                if (token.isStructEnd() && depth == 0) {
                    values = 1;
                }
                if (token.isScalarValue()) {
                    parser.getTextLength();
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException wrong) {
            var where = wrong.getLocation();
            String place = where == null ? "" : "Line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
            return Optional.of(place + wrong.getOriginalMessage());
        } catch (IOException textHasNone) {
            return Optional.of(String.valueOf(textHasNone.getMessage()));
        }
    }

    /** Laid out with two blanks a level; only blanks between the tokens change. The text must be JSON. */
    public static String format(String json) {
        StringBuilder target = new StringBuilder(json.length() + json.length() / 2);
        int depth = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '"' -> {
                    int end = endOfString(json, i);
                    target.append(json, i, end);
                    i = end - 1;
                }
                case '{', '[' -> {
                    int next = skipBlanks(json, i + 1);
                    if (next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']')) {
                        target.append(c).append(json.charAt(next));
                        i = next;
                    } else {
                        target.append(c);
                        newLine(target, ++depth);
                    }
                }
                case '}', ']' -> {
                    newLine(target, --depth);
                    target.append(c);
                }
                case ',' -> {
                    target.append(c);
                    newLine(target, depth);
                }
                case ':' -> target.append(": ");
                case ' ', '\t', '\n', '\r' -> {
                    // Blanks between tokens are what is laid out anew.
                }
                default -> target.append(c);
            }
        }
        return target.toString();
    }

    private static void newLine(StringBuilder target, int depth) {
        target.append('\n').repeat("  ", Math.max(0, depth));
    }

    private static int endOfString(String json, int start) {
        int i = start + 1;
        while (i < json.length() && json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(json.length(), i + 1);
    }

    private static int skipBlanks(String json, int from) {
        int i = from;
        while (i < json.length() && " \t\n\r".indexOf(json.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }
}
