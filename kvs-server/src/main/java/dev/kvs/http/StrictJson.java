package dev.kvs.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a body is one JSON text (RFC 8259) that we keep: valid UTF-8 without a byte-order mark, no member name
 * twice in an object, not nested deeper than it may be, nothing behind it. One pass, no tree. Safe for concurrent use.
 */
final class StrictJson {
    /** The depth of documents: deep enough for any, and no reader of ours recurses further. */
    static final int DEPTH_MAX = 100;

    private static final String DATA = "data";
    private static final String TTL = "ttl";

    private final JsonFactory factory;
    private final int depthMax;

    /** Names and numbers may be as long as the body, which has its own bound. Interning hostile names would leak. */
    StrictJson(int depthMax) {
        this.depthMax = depthMax;
        this.factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** Accepts a body or throws {@code invalid_json} that names line and column. */
    JsonDocument check(byte[] body) {
        checkEncoding(body);
        try (JsonParser parser = factory.createParser(body)) {
            if (parser.nextToken() == null) {
                throw invalid("the body is empty; send a JSON value, for example null");
            }
            JsonDocument.Wrapped wrapped =
                    parser.currentToken() == JsonToken.START_OBJECT ? readObject(parser) : readValue(parser);
            if (parser.nextToken() != null) {
                throw at(parser.currentTokenLocation(), "there is something behind the end of the JSON value");
            }
            return new JsonDocument(body, wrapped);
        } catch (JsonProcessingException broken) {
            throw at(broken.getLocation(), reason(broken));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void checkEncoding(byte[] body) {
        if (body.length == 0) {
            throw invalid("the body is empty; send a JSON value, for example null");
        }
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw invalid("it begins with a byte-order mark; send plain UTF-8 without one");
        }
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                throw invalid("it is not UTF-8 (there is a zero byte at offset " + i + ")");
            }
        }
        int wrong = StrictUtf8.firstInvalid(body);
        if (wrong >= 0) {
            throw invalid("it is not valid UTF-8 at byte offset " + wrong);
        }
    }

    private static JsonDocument.@Nullable Wrapped readValue(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            parser.finishToken();
            return null;
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw at(parser.currentLocation(), "the text ends too early");
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
        return null;
    }

    /** Reads the outermost object to its end and notes whether it is a document with a time to live. */
    private static JsonDocument.@Nullable Wrapped readObject(JsonParser parser) throws IOException {
        int members = 0;
        int from = -1;
        int to = -1;
        String ttl = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            members++;
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals(DATA)) {
                from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                readValue(parser);
                to = Math.toIntExact(parser.currentLocation().getByteOffset());
            } else if (name.equals(TTL) && value == JsonToken.VALUE_STRING) {
                ttl = parser.getText();
            } else {
                readValue(parser);
            }
        }
        return members == 2 && from >= 0 && ttl != null ? new JsonDocument.Wrapped(from, to, ttl) : null;
    }

    private String reason(JsonProcessingException broken) {
        if (broken instanceof StreamConstraintsException) {
            return "it is nested deeper than " + depthMax + " levels";
        }
        String message = broken.getOriginalMessage();
        int firstLine = message.indexOf('\n');
        return firstLine < 0 ? message : message.substring(0, firstLine);
    }

    private static KvsException at(@Nullable JsonLocation where, String why) {
        return where == null
                ? invalid(why)
                : invalid(why + ", at line " + where.getLineNr() + ", column " + where.getColumnNr());
    }

    private static KvsException invalid(String why) {
        return new KvsException(ErrorCode.INVALID_JSON, "The body is refused: " + why + ".");
    }
}
