package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;
import java.util.UUID;

/**
 * The answer to PUT, PATCH and {@code _restore}.
 *
 * <pre>{@code {"uuid":"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f","timestamp":1790000000000}}</pre>
 *
 * @param uuid the version that was written; also the {@code ETag}
 * @param timestamp when, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Stored(UUID uuid, long timestamp) {
    public Stored {
        Objects.requireNonNull(uuid);
    }
}
