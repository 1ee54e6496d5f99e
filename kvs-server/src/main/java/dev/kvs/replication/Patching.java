package dev.kvs.replication;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;

/**
 * Applies patches to documents: RFC 7396 (merge patch) here, RFC 6902 in {@link JsonPatch}. Numbers keep their exact value;
 * the result is written compactly and is held to the same limits as a document that is sent.
 */
final class Patching {
    /** As for documents that are sent. */
    static final int MAX_DEPTH = 100;

    private final JsonMapper mapper;
    private final int maxJsonBytes;

    Patching(int maxJsonBytes) {
        this.maxJsonBytes = maxJsonBytes;
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxStringLength(Math.max(maxJsonBytes, 1 << 20))
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .nodeFactory(JsonNodeFactory.instance)
                .build();
    }

    /** The patched document; throws {@link KvsException} {@code invalid_patch}, {@code patch_conflict} or {@code body_too_large}. */
    byte[] apply(Coordinator.PatchFormat format, byte[] document, byte[] patch) {
        JsonNode base = read(document, "The stored document");
        JsonNode change = read(patch, "The patch");
        JsonNode result = switch (format) {
            case MERGE_PATCH -> merge(base, change);
            case JSON_PATCH -> new JsonPatch(maxJsonBytes).apply(base, change);
        };
        requireDepth(result, 0);
        return write(result);
    }

    private JsonNode read(byte[] json, String what) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new KvsException(
                    ErrorCode.INVALID_PATCH, what + " cannot be read for patching: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw new KvsException(ErrorCode.INVALID_PATCH, what + " cannot be read for patching.");
        }
    }

    private byte[] write(JsonNode result) {
        try {
            byte[] json = mapper.writeValueAsBytes(result);
            if (json.length > maxJsonBytes) {
                throw new KvsException(
                        ErrorCode.BODY_TOO_LARGE,
                        "The patched document would have " + json.length + " bytes; the limit is " + maxJsonBytes
                                + ".");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }

    /** RFC 7396, section 2, word for word. */
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                JsonNode before = result.get(change.getKey());
                result.set(
                        change.getKey(),
                        merge(before == null ? JsonNodeFactory.instance.nullNode() : before, change.getValue()));
            }
        });
        return result;
    }

    private static void requireDepth(JsonNode node, int depth) {
        if (!node.isContainerNode()) {
            return;
        }
        if (depth == MAX_DEPTH) {
            throw new KvsException(
                    ErrorCode.PATCH_CONFLICT, "The patched document would be nested deeper than " + MAX_DEPTH + ".");
        }
        for (JsonNode child : node) {
            requireDepth(child, depth + 1);
        }
    }
}
