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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Documents as the places in them (RFC 6901 pointers) and what stands there, spelled as it is stored. */
public final class JsonPaths {
    /** More is not a thing that people compare place by place, nor one to hold several times. */
    static final int PLACES_MAX = 50_000;

    /** Places that a page shows. */
    static final int SHOWN_MAX = 1_000;

    private JsonPaths() {}

    /** Every scalar and every empty container by its place; the place of the whole document is empty. */
    public static SequencedMap<String, String> of(String json) {
        SequencedMap<String, String> places = new LinkedHashMap<>();
        try (JsonParser parser = JsonText.parser(json)) {
            JsonToken before = null;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    places.put(place(parser), spelled(parser, token));
                } else if (token.isStructEnd() && before != null && before.isStructStart()) {
                    places.put(place(parser), token == JsonToken.END_OBJECT ? "{}" : "[]");
                }
                if (places.size() > PLACES_MAX) {
                    break;
                }
                before = token;
            }
        } catch (IOException notJson) {
            places.put("", json);
        }
        return places;
    }

    /**
     * What stands at one place of a document, however large that is: a scalar as it is spelled, {@code …} for an object or an array
     * with something in it. Empty when there is nothing, or the text is not JSON up to there.
     *
     * @throws IllegalArgumentException when the pointer is not empty and does not begin with a slash
     */
    public static Optional<String> at(String json, String pointer) {
        JsonPointer way = JsonPointer.compile(pointer);
        try (JsonParser parser = JsonText.parser(json)) {
            JsonToken token = parser.nextToken();
            while (token != null && !way.matches()) {
                token = token.isStructStart() && enter(parser, token, way) ? parser.currentToken() : null;
                way = way.tail();
            }
            if (token == null || token.isScalarValue()) {
                return token == null ? Optional.empty() : Optional.of(spelled(parser, token));
            }
            boolean empty = parser.nextToken().isStructEnd();
            return Optional.of(!empty ? "…" : token == JsonToken.START_OBJECT ? "{}" : "[]");
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** Goes to the value that the first step leads to; false when there is none. */
    private static boolean enter(JsonParser parser, JsonToken container, JsonPointer way) throws IOException {
        boolean object = container == JsonToken.START_OBJECT;
        int index = 0;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            boolean here =
                    object ? parser.currentName().equals(way.getMatchingProperty()) : index++ == way.getMatchingIndex();
            if (object) {
                parser.nextToken();
            }
            if (here) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
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

    /**
     * Documents side by side.
     *
     * @param places those that differ, and the others too when there is room for all of them
     * @param note what is not among them; empty when all are there
     */
    public record SideBySide(List<Place> places, String note) {
        /** The places that differ. */
        public List<Place> differing() {
            return places.stream().filter(Place::differs).toList();
        }
    }

    /** Documents place by place, in the order of the first that has a place; null for one that is not kept. */
    public static SideBySide sideBySide(List<@Nullable String> documents) {
        List<SequencedMap<String, String>> all = new ArrayList<>();
        for (@Nullable String document : documents) {
            all.add(document == null ? new LinkedHashMap<>() : of(document));
        }
        if (all.stream().anyMatch(each -> each.size() > PLACES_MAX)) {
            return new SideBySide(
                    List.of(),
                    "A version has more than 50,000 places and is not compared place by place; compare the revisions"
                            + " of the key line by line instead.");
        }
        SequencedSet<String> pointers = new LinkedHashSet<>();
        all.forEach(each -> pointers.addAll(each.keySet()));
        List<Place> places = new ArrayList<>();
        for (String pointer : pointers) {
            List<@Nullable String> values = new ArrayList<>();
            all.forEach(each -> values.add(each.get(pointer)));
            places.add(new Place(pointer, values));
        }
        return shown(places);
    }

    private static SideBySide shown(List<Place> all) {
        if (all.size() <= SHOWN_MAX) {
            return new SideBySide(all, "");
        }
        List<Place> differing = all.stream().filter(Place::differs).toList();
        List<Place> shown = differing.subList(0, Math.min(SHOWN_MAX, differing.size()));
        String same = "Of " + all.size() + " places these differ; those that are the same are left out.";
        String some = "Of " + all.size() + " places " + differing.size() + " differ; these are the first "
                + shown.size() + ".";
        return new SideBySide(shown, shown.size() == differing.size() ? same : some);
    }

    /** Whether two documents say the same, whatever their layout. */
    public static boolean same(String one, String other) {
        return Objects.equals(JsonText.format(one), JsonText.format(other));
    }
}
