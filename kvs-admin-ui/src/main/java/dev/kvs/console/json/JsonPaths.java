package dev.kvs.console.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Documents as the places in them (RFC 6901 pointers) and what stands there, spelled as it is stored. */
public final class JsonPaths {
    /** More is not a thing that people compare place by place. */
    private static final int PLACES_MAX = 2_000;

    private JsonPaths() {}

    /** Every scalar and every empty container by its place; the place of the whole document is empty. */
    public static SequencedMap<String, String> of(String json) {
        SequencedMap<String, String> places = new LinkedHashMap<>();
        try (JsonParser parser = JsonText.parser(json)) {
            JsonToken before = null;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (places.size() >= PLACES_MAX) {
                    break;
                }
                if (token.isScalarValue()) {
                    places.put(place(parser), spelled(parser, token));
                } else if (token.isStructEnd() && before != null && before.isStructStart()) {
                    places.put(place(parser), token == JsonToken.END_OBJECT ? "{}" : "[]");
                }
                before = token;
            }
        } catch (IOException notJson) {
            places.put("", json);
        }
        return places;
    }

    private static String place(JsonParser parser) {
        var context = parser.getParsingContext();
        return JsonPointer.forPath(context, false).toString();
    }

    private static String spelled(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING ? '"' + parser.getText() + '"' : parser.getText();
    }

    /**
     * One place of several documents.
     *
     * @param values what stands there in each document, null where there is nothing
     */
    public record Place(String pointer, List<@Nullable String> values) {
        /** Whether not all documents have the same here. */
        public boolean differs() {
            return values.stream().distinct().count() > 1;
        }
    }

    /** Documents side by side, place by place, in the order of the first that has a place; null for one that is not kept. */
    public static List<Place> sideBySide(List<@Nullable String> documents) {
        List<SequencedMap<String, String>> all = new ArrayList<>();
        for (@Nullable String document : documents) {
            all.add(document == null ? new LinkedHashMap<>() : of(document));
        }
        SequencedSet<String> pointers = new LinkedHashSet<>();
        all.forEach(each -> pointers.addAll(each.keySet()));
        List<Place> places = new ArrayList<>();
        for (String pointer : pointers) {
            List<@Nullable String> values = new ArrayList<>();
            all.forEach(each -> values.add(each.get(pointer)));
            places.add(new Place(pointer, values));
        }
        return places;
    }

    /** Whether two documents say the same, whatever their layout. */
    public static boolean same(String one, String other) {
        return Objects.equals(JsonText.format(one), JsonText.format(other));
    }
}
