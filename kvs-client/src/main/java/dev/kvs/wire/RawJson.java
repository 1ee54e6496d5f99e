package dev.kvs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as its own text, inside a larger one. Numbers, member order and spelling survive, which a tree of
 * nodes would not promise ({@code 1.0}, {@code 1e2}, twenty digits). Reading cuts the text out of the message, so a
 * message that holds one is read with {@link WireJson}, not with another mapper.
 */
@JsonSerialize(using = RawJson.Writer.class)
@JsonDeserialize(using = RawJson.Reader.class)
public record RawJson(String text) {
    /** The reader's attribute that holds the whole message's text. */
    static final String SOURCE = RawJson.class.getName();

    public RawJson {
        Objects.requireNonNull(text);
    }

    /** From UTF-8 that has been checked to be JSON. */
    public static RawJson ofUtf8(byte[] utf8) {
        return new RawJson(new String(utf8, StandardCharsets.UTF_8));
    }

    /** The text as UTF-8. */
    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text;
    }

    static final class Writer extends StdSerializer<RawJson> {
        Writer() {
            super(RawJson.class);
        }

        @Override
        public void serialize(RawJson value, JsonGenerator target, SerializerProvider provider) throws IOException {
            target.writeRawValue(value.text);
        }
    }

    static final class Reader extends StdDeserializer<RawJson> {
        Reader() {
            super(RawJson.class);
        }

        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!(context.getAttribute(SOURCE) instanceof String source)) {
                return context.reportInputMismatch(this, "raw JSON is read with WireJson only");
            }
            long start = parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            long end = parser.currentLocation().getCharOffset();
            return new RawJson(source.substring(Math.toIntExact(start), Math.toIntExact(end)));
        }

        /** A document may be {@code null}; that is not the same as none. */
        @Override
        public RawJson getNullValue(DeserializationContext context) {
            return new RawJson("null");
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
