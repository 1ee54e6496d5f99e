package dev.kvs.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.kvs.model.Hlc;
import dev.kvs.model.Version;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A version as one line of text, {@link dev.kvs.wire.StreamedDocument}: the stored bytes with a few around them, never a
 * tree. A document of several lines is put into one; only white space between its tokens changes.
 */
final class DocumentLine {
    private static final byte[] END = {'}'};

    private DocumentLine() {}

    /** Writes a line without its end; the document is left out when {@code data} is null. */
    static void write(AnswerStream target, Version version, byte @Nullable [] data) {
        target.write(ascii("{\"key\":\""))
                .write(JsonStringEncoder.getInstance().quoteAsUTF8(version.key().toString()))
                .write(ascii("\",\"uuid\":\"" + version.uuid() + "\",\"timestamp\":" + Hlc.millis(version.hlc())));
        if (data != null) {
            target.write(ascii(",\"data\":")).write(inOneLine(data));
            if (version.expiresAt() != Version.NEVER) {
                target.write(ascii(",\"expires_at\":" + version.expiresAt()));
            }
        }
        target.write(END);
    }

    /** Line ends of a document stand between its tokens: inside a string they are escaped. */
    private static byte[] inOneLine(byte[] json) {
        int at = lineEnd(json, 0);
        if (at < 0) {
            return json;
        }
        byte[] line = json.clone();
        for (; at >= 0; at = lineEnd(json, at + 1)) {
            line[at] = ' ';
        }
        return line;
    }

    private static int lineEnd(byte[] json, int from) {
        for (int i = from; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                return i;
            }
        }
        return -1;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
