package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /kv/{key}/_metadata}.
 *
 * @param key where
 * @param uuid the version that this is about
 * @param timestamp when it was written, milliseconds since the epoch
 * @param origin the name of the node that wrote it
 * @param owner the name of a user, null for nobody
 * @param group the name of a group, null for none
 * @param permissions 12 bits: owner, group, others, each create, delete, write, read from high to low
 * @param mode the same as {@link Permissions}
 * @param size bytes of the document
 * @param expiresAt milliseconds since the epoch, null for never
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Metadata(
        String key,
        UUID uuid,
        long timestamp,
        String origin,
        @Nullable String owner,
        @Nullable String group,
        int permissions,
        String mode,
        long size,
        @JsonProperty("expires_at") @Nullable Long expiresAt) {
    public Metadata {
        Objects.requireNonNull(key, "key is missing");
        Objects.requireNonNull(uuid, "uuid is missing");
        Objects.requireNonNull(origin, "origin is missing");
        Objects.requireNonNull(mode, "mode is missing");
    }
}
