package dev.kvs.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.BatchRequest;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.Headers;
import dev.kvs.wire.ImportMode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.Query;
import dev.kvs.wire.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the options of a write become on the wire. */
final class Writes {
    private Writes() {}

    private static Query query(WriteOptions options) {
        return new Query().with(Parameters.ACKS, options.acks() == 1 ? null : options.acks());
    }

    /** For what has no expiry of its own: PATCH and restore keep the value's, a delete has none, a batch names each. */
    static Query queryWithoutTtl(WriteOptions options) {
        if (options.ttl() != null) {
            throw new IllegalArgumentException("only a put can set a time to live");
        }
        return query(options);
    }

    static Map<String, String> headers(WriteOptions options) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (options.ifMatch() != null) {
            headers.put(Headers.IF_MATCH, new EntityTag(options.ifMatch(), false).toString());
        }
        if (options.ifAbsent()) {
            headers.put(Headers.IF_NONE_MATCH, "*");
        }
        if (options.idempotencyKey() != null) {
            headers.put(Headers.IDEMPOTENCY_KEY, options.idempotencyKey());
        }
        return headers;
    }

    static Call put(String key, byte[] json, WriteOptions options) {
        Query query = query(options).flag(Parameters.RAW, true).with(Parameters.TTL, options.ttl());
        return Call.write("PUT", Paths.key(key) + query)
                .headers(headers(options))
                .body(MediaTypes.JSON, json);
    }

    static Call batch(List<BatchOperation> operations, WriteOptions options) {
        return Call.write("POST", Paths.operation("", Operation.BATCH) + queryWithoutTtl(options))
                .headers(headers(options))
                .body(MediaTypes.JSON, WireJson.write(new BatchRequest(operations)));
    }

    /** An import; its body follows. */
    static Call load(ImportMode mode) {
        Query query = new Query().with(Parameters.MODE, mode.word());
        return Call.write("POST", Paths.operation("", Operation.IMPORT) + query)
                .headers(Map.of(Headers.CONTENT_TYPE, MediaTypes.NDJSON));
    }

    static byte[] json(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getName() + " cannot be written as JSON", notJson);
        }
    }
}
