package dev.kvs.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts JSON of any length into names and values, as bytes. It looks no closer than it must to find where each ends; what a
 * value is worth {@link StrictJson} decides. Why no parser: one that keeps the bytes of values would have to keep those of
 * the whole input, and its table of names grows with the input's keys.
 */
final class JsonScanner {
    private static final int BUFFER = 16 << 10;
    private static final JsonFactory TEXTS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Source source;
    private final int valueMax;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int filled;
    private long lines = 1;
    private byte[] value = new byte[256];
    private int length;

    /** Where the input comes from: fills a buffer as far as there is something, and says how far; -1 at the end. */
    @FunctionalInterface
    interface Source {
        int read(byte[] buffer);
    }

    /** A scanner of an input whose values have at most so many bytes. */
    JsonScanner(Source source, int valueMax) {
        this.source = source;
        this.valueMax = valueMax;
    }

    /** The line that is being read, from 1. */
    long lines() {
        return lines;
    }

    /** Whether anything but white space is left. */
    boolean hasMore() {
        return peek() >= 0;
    }

    /** Takes this character if it is the next one. */
    boolean take(char expected) {
        if (peek() == expected) {
            next++;
            return true;
        }
        return false;
    }

    /** A string, decoded. */
    String name() {
        if (peek() != '"') {
            throw broken("a name in quotes is expected");
        }
        return text(value());
    }

    /** The bytes of one value of any kind. */
    byte[] value() {
        length = 0;
        int first = peek();
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            container();
        } else {
            scalar();
        }
        return Arrays.copyOf(value, length);
    }

    private void string() {
        keep(read());
        for (int b = read(); b != '"'; b = read()) {
            keep(b);
            if (b == '\\') {
                keep(read());
            }
        }
        keep('"');
    }

    private void container() {
        int depth = 0;
        do {
            int b = read();
            if (b == '"') {
                next--;
                string();
                continue;
            }
            keep(b);
            if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        } while (depth > 0);
    }

    private void scalar() {
        while (fill() && !isEndOfScalar(buffer[next])) {
            keep(buffer[next++]);
        }
        if (length == 0) {
            throw broken("a value is expected");
        }
    }

    private static boolean isEndOfScalar(byte b) {
        return b == ',' || b == '}' || b == ']' || b == ':' || b == '{' || b == '[' || b == '"' || isSpace(b);
    }

    private static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The next byte that is no white space, which stays; -1 at the end. */
    private int peek() {
        while (fill()) {
            int b = buffer[next];
            if (!isSpace(b)) {
                return b & 0xFF;
            }
            if (b == '\n') {
                lines++;
            }
            next++;
        }
        return -1;
    }

    private int read() {
        if (!fill()) {
            throw broken("the input ends in the middle of an object");
        }
        byte b = buffer[next++];
        if (b == '\n') {
            lines++;
        }
        return b;
    }

    private boolean fill() {
        while (next == filled) {
            int count = source.read(buffer);
            if (count < 0) {
                return false;
            }
            next = 0;
            filled = count;
        }
        return true;
    }

    private void keep(int b) {
        if (length == value.length) {
            if (length > valueMax) {
                throw tooLarge();
            }
            value = Arrays.copyOf(value, 2 * length);
        }
        value[length++] = (byte) b;
    }

    /** The text of a JSON string. */
    String text(byte[] json) {
        int wrong = StrictUtf8.firstInvalid(json);
        if (wrong >= 0) {
            throw broken("it is not valid UTF-8");
        }
        try (JsonParser parser = TEXTS.createParser(json)) {
            String text = parser.nextTextValue();
            if (text != null) {
                return text;
            }
        } catch (IOException notText) {
            throw broken("a name is not a JSON string");
        }
        throw broken("a name is not a JSON string");
    }

    static String latin(byte[] json) {
        return new String(json, StandardCharsets.ISO_8859_1);
    }

    KvsException tooLarge() {
        return broken(ErrorCode.BODY_TOO_LARGE, lines, "a document is larger than the limit of " + valueMax + " bytes");
    }

    private KvsException broken(String why) {
        return broken(ErrorCode.INVALID_JSON, lines, why);
    }

    static KvsException broken(ErrorCode code, long line, String why) {
        return new KvsException(code, "Line " + line + ": " + why + (why.endsWith(".") ? "" : "."));
    }
}
