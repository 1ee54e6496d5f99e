package dev.kvs.ctl.output;

import dev.kvs.wire.RawJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON by appending: members and elements come out in the order of the calls, a {@link RawJson} is copied. Strings
 * keep their characters except those that JSON, or a line of NDJSON, cannot hold.
 */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    /** Opens an object or an array with its bracket. */
    public JsonText open(char bracket) {
        separate();
        text.append(bracket);
        first = true;
        return this;
    }

    /** Closes what was opened last with its bracket. */
    public JsonText close(char bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    /** Writes the name of a member; its value must follow. */
    public JsonText name(String name) {
        separate();
        quote(text, name);
        text.append(':');
        first = true;
        return this;
    }

    /** Writes a member. */
    public JsonText field(String name, @Nullable Object value) {
        return name(name).value(value);
    }

    /**
     * Writes a string, number, boolean, null, raw document or instant (as milliseconds since 1970, as everywhere in the
     * API), or a list of these; anything else is written as its text.
     */
    public JsonText value(@Nullable Object value) {
        separate();
        switch (value) {
            case null -> text.append("null");
            case RawJson raw -> text.append(raw.text());
            case Instant time -> text.append(time.toEpochMilli());
            case Double number when number.isNaN() || number.isInfinite() -> text.append("null");
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag.booleanValue());
            case List<?> list -> elements(list);
            default -> quote(text, value.toString());
        }
        return this;
    }

    private void elements(List<?> list) {
        text.append('[');
        first = true;
        list.forEach(this::value);
        close(']');
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    /** Appends {@code value} in double quotes. */
    static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Glyphs.isUnprintable(c)) {
                        Glyphs.escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
