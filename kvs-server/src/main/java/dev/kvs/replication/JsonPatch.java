package dev.kvs.replication;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** RFC 6902, JSON Patch: all operations or none. Works on a tree that the caller gives away. */
final class JsonPatch {
    /** More operations than anybody writes; far fewer than would let a small patch keep a core busy. */
    private static final int MAX_OPERATIONS = 10_000;

    /** Numbers are equal when their values are (RFC 6902, section 4.6), whatever their spelling. */
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.equals(b)) {
            return 0;
        }
        boolean sameNumber = a.isNumber() && b.isNumber() && a.decimalValue().compareTo(b.decimalValue()) == 0;
        return sameNumber ? 0 : 1;
    };

    private final long maxCopiedNodes;
    private long copiedNodes;

    /** A patch whose copies may add up to {@code maxCopiedNodes} values, so that copies of copies cannot explode. */
    JsonPatch(long maxCopiedNodes) {
        this.maxCopiedNodes = maxCopiedNodes;
    }

    JsonNode apply(JsonNode document, JsonNode patch) {
        if (!(patch instanceof ArrayNode operations)) {
            throw invalid("a JSON patch is an array of operations");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw invalid("it has " + operations.size() + " operations; the limit is " + MAX_OPERATIONS);
        }
        JsonNode result = document;
        for (int i = 0; i < operations.size(); i++) {
            result = step(result, operations.get(i), i);
        }
        return result;
    }

    private JsonNode step(JsonNode document, JsonNode operation, int index) {
        String op = text(operation, "op", index);
        JsonPointer path = pointer(operation, "path", index);
        return switch (op) {
            case "add" -> add(document, path, value(operation, index), index);
            case "remove" -> remove(document, path, index);
            case "replace" -> {
                find(document, path, index);
                yield path.matches()
                        ? value(operation, index)
                        : add(remove(document, path, index), path, value(operation, index), index);
            }
            case "move" -> move(document, pointer(operation, "from", index), path, index);
            case "copy" -> {
                JsonNode source = find(document, pointer(operation, "from", index), index);
                yield add(document, path, copy(source), index);
            }
            case "test" -> {
                if (!find(document, path, index).equals(BY_VALUE, value(operation, index))) {
                    throw conflict(index, "the value at '" + path + "' is another one");
                }
                yield document;
            }
            default ->
                throw invalid("operation " + index + " has the unknown op '" + op
                        + "'; known are add, remove, replace, move, copy and test");
        };
    }

    private JsonNode copy(JsonNode source) {
        copiedNodes += count(source);
        if (copiedNodes > maxCopiedNodes) {
            throw invalid("its copies add up to more than " + maxCopiedNodes + " values");
        }
        return source.deepCopy();
    }

    private static long count(JsonNode node) {
        long count = 1;
        for (JsonNode child : node) {
            count += count(child);
        }
        return count;
    }

    private JsonNode move(JsonNode document, JsonPointer from, JsonPointer to, int index) {
        if (!from.equals(to) && (to.toString() + "/").startsWith(from + "/")) {
            throw conflict(index, "'" + from + "' cannot be moved into itself");
        }
        JsonNode value = find(document, from, index);
        return add(remove(document, from, index), to, value, index);
    }

    private static JsonNode add(JsonNode document, JsonPointer path, JsonNode value, int index) {
        if (path.matches()) {
            return value;
        }
        JsonNode parent = find(document, path.head(), index);
        String name = path.last().getMatchingProperty();
        switch (parent) {
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array ->
                array.insert(name.equals("-") ? array.size() : position(name, array.size(), index), value);
            default -> throw conflict(index, "'" + path.head() + "' is neither an object nor an array");
        }
        return document;
    }

    private static JsonNode remove(JsonNode document, JsonPointer path, int index) {
        find(document, path, index);
        if (path.matches()) {
            return JsonNodeFactory.instance.nullNode();
        }
        String name = path.last().getMatchingProperty();
        switch (find(document, path.head(), index)) {
            case ObjectNode object -> object.remove(name);
            case ArrayNode array -> array.remove(position(name, array.size() - 1, index));
            default -> throw conflict(index, "nothing is at '" + path + "'");
        }
        return document;
    }

    private static JsonNode find(JsonNode document, JsonPointer path, int index) {
        JsonNode found = document;
        for (JsonPointer rest = path; !rest.matches(); rest = rest.tail()) {
            String name = rest.getMatchingProperty();
            JsonNode next = switch (found) {
                case ObjectNode object -> object.get(name);
                case ArrayNode array -> array.isEmpty() ? null : array.get(position(name, array.size() - 1, index));
                default -> null;
            };
            if (next == null) {
                throw conflict(index, "nothing is at '" + path + "'");
            }
            found = next;
        }
        return found;
    }

    private static int position(String name, int max, int index) {
        if (!name.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(name) > max) {
            throw conflict(
                    index,
                    "'" + name + "' is not a position in an array of " + Math.max(0, max) + " to " + (max + 1)
                            + " values");
        }
        return Integer.parseInt(name);
    }

    private static JsonNode value(JsonNode operation, int index) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw invalid("operation " + index + " needs a 'value'");
        }
        return value;
    }

    private static JsonPointer pointer(JsonNode operation, String member, int index) {
        String text = text(operation, member, index);
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw invalid("operation " + index + " has the " + member + " '" + text + "', which is not a JSON pointer");
        }
    }

    private static String text(JsonNode operation, String member, int index) {
        @Nullable JsonNode value = operation.get(member);
        if (value == null || !value.isTextual()) {
            throw invalid("operation " + index + " needs '" + member + "' as a string");
        }
        return value.textValue();
    }

    private static KvsException invalid(String why) {
        return new KvsException(ErrorCode.INVALID_PATCH, "The patch cannot be applied: " + why + ".");
    }

    private static KvsException conflict(int index, String why) {
        return new KvsException(
                ErrorCode.PATCH_CONFLICT,
                "The patch does not fit the document at operation " + index + ": " + why + ".");
    }
}
