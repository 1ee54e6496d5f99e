package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version in a stream: a line of an export, or the data of an event of a watch.
 *
 * <pre>{@code
 * {"key":"users/ada","uuid":"0192...","timestamp":1760000000000,"data":{"name":"Ada"},"expires_at":1760000060000}
 * }</pre>
 *
 * @param timestamp milliseconds since the epoch
 * @param data the document; null when the key was deleted
 * @param expiresAt milliseconds since the epoch; null when it never expires
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamedDocument(
        String key,
        UUID uuid,
        long timestamp,
        @Nullable RawJson data,
        @JsonProperty("expires_at") @Nullable Long expiresAt) {
    public StreamedDocument {
        Objects.requireNonNull(key);
        Objects.requireNonNull(uuid);
    }
}
