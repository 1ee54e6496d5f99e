package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a listing.
 *
 * @param subkey the segment below the listed path
 * @param timestamp when the value stored under exactly this name was written, milliseconds since the epoch; null when
 *     there is none and the name is only a directory
 * @param directory whether keys lie below it; a name can be a value and a directory at once
 * @param metadata present for a value when {@code include_metadata=true}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Child(
        String subkey,
        @Nullable Long timestamp,
        boolean directory,
        @Nullable Metadata metadata) {
    public Child {
        Objects.requireNonNull(subkey);
    }

    /** Whether a value is stored under exactly this name. */
    public boolean hasValue() {
        return timestamp != null;
    }

    /**
     * What {@code include_metadata} adds.
     *
     * @param uuid the version
     * @param size bytes of the document
     * @param origin the name of the node that wrote it
     * @param expiresAt when it expires, milliseconds since the epoch; null for never
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Metadata(
            UUID uuid,
            long size,
            String origin,
            @JsonProperty("expires_at") @Nullable Long expiresAt) {
        public Metadata {
            Objects.requireNonNull(uuid);
            Objects.requireNonNull(origin);
        }
    }
}
