package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to GET without {@code ?raw}.
 *
 * <pre>{@code {"uuid":"01981c2e-...","timestamp":1790000000000,"data":{"name":"Ada"},"expires_at":1790003600000}}</pre>
 *
 * @param uuid the version
 * @param timestamp when it was written, milliseconds since the epoch
 * @param data the document as stored
 * @param expiresAt when it expires, milliseconds since the epoch; null, and absent on the wire, for never
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Document(
        UUID uuid,
        long timestamp,
        RawJson data,
        @JsonProperty("expires_at") @Nullable Long expiresAt) {
    public Document {
        Objects.requireNonNull(uuid);
        Objects.requireNonNull(data);
    }
}
