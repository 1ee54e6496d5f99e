package dev.kvs.testconflict;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.model.NodeId;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Two different documents, one for either directory, as UTF-8. */
record Pair(byte[] first, byte[] second) {
    /** What a node takes by default ({@code max_json_size}). */
    private static final int MAX_BYTES = 1_048_576;

    Pair {
        if (Arrays.equals(first, second)) {
            throw new Refusal("The two values are equal; a conflict needs different ones.");
        }
        if (Math.max(first.length, second.length) > MAX_BYTES) {
            throw new Refusal("A value may have " + MAX_BYTES + " bytes.");
        }
    }

    /** Documents that say where they were written. */
    static Pair naming(NodeId first, NodeId second) {
        return new Pair(written(first), written(second));
    }

    private static byte[] written(NodeId node) {
        return ("{\"written_on\":\"" + node + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** From {@code J1,J2}: two JSON documents with a comma between them, kept as they are spelt. */
    static Pair parse(String values) {
        RawJson[] parsed;
        try {
            parsed = WireJson.read(("[" + values + "]").getBytes(StandardCharsets.UTF_8), RawJson[].class);
        } catch (JsonProcessingException e) {
            throw new Refusal("--values is not J1,J2, two JSON documents with a comma between them: "
                    + e.getOriginalMessage() + ". Quote it for the shell: --values '{\"a\":1},{\"a\":2}'.");
        }
        if (parsed.length != 2) {
            throw new Refusal("--values holds " + parsed.length + " documents; it takes two with a comma between them,"
                    + " one for either directory.");
        }
        return new Pair(parsed[0].utf8(), parsed[1].utf8());
    }
}
