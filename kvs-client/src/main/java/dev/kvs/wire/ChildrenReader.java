package dev.kvs.wire;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing token by token, as {@link WireJson} would. A shell asks for one at each Tab, and the model that maps JSON to
 * records takes a new process longer to load than all the rest of a completion.
 */
final class ChildrenReader {
    private final JsonParser json;

    private ChildrenReader(JsonParser json) {
        this.json = json;
    }

    static Children read(byte[] utf8) throws JsonProcessingException {
        try (JsonParser json = StrictJson.FACTORY.createParser(StrictJson.text(utf8))) {
            json.nextToken();
            Children children = new ChildrenReader(json).children();
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "something follows the listing");
            }
            return children;
        } catch (JsonProcessingException bad) {
            throw bad;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text is read without a device", impossible);
        }
    }

    private Children children() throws IOException {
        String path = null;
        List<Child> children = null;
        Integer total = null;
        Integer totalAtLeast = null;
        Boolean truncated = null;
        String next = null;
        for (String member = firstMember(); member != null; member = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (member) {
                case "path" -> path = text();
                case "children" -> children = list();
                case "total" -> total = isNull(value) ? null : count();
                case "total_at_least" -> totalAtLeast = isNull(value) ? null : count();
                case "truncated" -> truncated = json.getBooleanValue();
                case "next" -> next = isNull(value) ? null : text();
                default -> json.skipChildren();
            }
        }
        return new Children(
                given("path", path),
                given("children", children),
                total,
                totalAtLeast,
                given("truncated", truncated),
                next);
    }

    private List<Child> list() throws IOException {
        require(JsonToken.START_ARRAY);
        List<Child> children = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            children.add(child());
        }
        return children;
    }

    private Child child() throws IOException {
        String subkey = null;
        Long timestamp = null;
        Boolean directory = null;
        Child.Metadata metadata = null;
        for (String member = firstMember(); member != null; member = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (member) {
                case "subkey" -> subkey = text();
                case "timestamp" -> timestamp = isNull(value) ? null : whole();
                case "directory" -> directory = json.getBooleanValue();
                case "metadata" -> metadata = isNull(value) ? null : metadata();
                default -> json.skipChildren();
            }
        }
        return new Child(given("subkey", subkey), timestamp, given("directory", directory), metadata);
    }

    private Child.Metadata metadata() throws IOException {
        UUID uuid = null;
        Long size = null;
        String origin = null;
        Long expiresAt = null;
        for (String member = firstMember(); member != null; member = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (member) {
                case "uuid" -> uuid = uuid();
                case "size" -> size = whole();
                case "origin" -> origin = text();
                case "expires_at" -> expiresAt = isNull(value) ? null : whole();
                default -> json.skipChildren();
            }
        }
        return new Child.Metadata(given("uuid", uuid), given("size", size), given("origin", origin), expiresAt);
    }

    private @Nullable String firstMember() throws IOException {
        require(JsonToken.START_OBJECT);
        return json.nextFieldName();
    }

    private static boolean isNull(JsonToken value) {
        return value == JsonToken.VALUE_NULL;
    }

    private String text() throws IOException {
        require(JsonToken.VALUE_STRING);
        return json.getText();
    }

    private long whole() throws IOException {
        require(JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private int count() throws IOException {
        require(JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }

    private UUID uuid() throws IOException {
        String text = text();
        return EntityTag.uuid(text).orElseThrow(() -> new JsonParseException(json, "'" + text + "' is no UUID"));
    }

    private void require(JsonToken wanted) throws IOException {
        if (!json.hasToken(wanted)) {
            throw new JsonParseException(json, json.currentToken() + " where " + wanted + " is meant");
        }
    }

    private <T> T given(String member, @Nullable T value) throws IOException {
        if (value == null) {
            throw new JsonParseException(json, "it has no " + member);
        }
        return value;
    }
}
