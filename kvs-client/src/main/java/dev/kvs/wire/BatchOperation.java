package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a batch. {@code data} is stored verbatim, as with {@code PUT ?raw}.
 *
 * <pre>{@code
 * {"op":"put","key":"users/ada","data":{"name":"Ada"},"ttl":"1h","if_none_match":"*"}
 * {"op":"delete","key":"users/bob","if_match":"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f"}
 * }</pre>
 *
 * @param op {@link #PUT} or {@link #DELETE}
 * @param data the document of a put; null, and absent on the wire, for a delete
 * @param ttl a {@link Durations} text for a put; null for the node's default
 * @param ifMatch a UUID the current version must have, or {@code *} for any; null for no condition
 * @param ifNoneMatch a UUID the current version must not have, or {@code *} for none at all; null for no condition
 */
public record BatchOperation(
        String op,
        String key,
        @Nullable RawJson data,
        @Nullable String ttl,
        @JsonProperty("if_match") @Nullable String ifMatch,
        @JsonProperty("if_none_match") @Nullable String ifNoneMatch) {
    public static final String PUT = "put";
    public static final String DELETE = "delete";

    /** The condition that holds for any version, or for none. */
    public static final String ANY = "*";

    public BatchOperation {
        Objects.requireNonNull(op, "op is missing");
        Objects.requireNonNull(key, "key is missing");
    }

    /** Stores a document. */
    public static BatchOperation put(String key, String json) {
        return new BatchOperation(PUT, key, new RawJson(json), null, null, null);
    }

    /** Deletes a key. */
    public static BatchOperation delete(String key) {
        return new BatchOperation(DELETE, key, null, null, null, null);
    }

    /** The same put, expiring so long after it is written; zero for never. */
    public BatchOperation ttl(Duration life) {
        return new BatchOperation(op, key, data, Durations.format(life), ifMatch, ifNoneMatch);
    }

    /** The same, only if the key's version is this one. */
    public BatchOperation ifMatch(UUID version) {
        return new BatchOperation(op, key, data, ttl, version.toString(), ifNoneMatch);
    }

    /** The same, only if nothing is stored under the key. */
    public BatchOperation ifAbsent() {
        return new BatchOperation(op, key, data, ttl, ifMatch, ANY);
    }
}
