package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a {@link History}.
 *
 * @param uuid the version
 * @param timestamp when it was written, milliseconds since the epoch
 * @param origin the name of the node that wrote it
 * @param kind {@code live}, {@code tombstone} (a delete) or {@code verdict} (a vote's winner); newer nodes may know more
 * @param lostConflict whether it lost against a concurrent version
 * @param current whether it is what the key stands for now
 * @param size bytes of the document; null for a delete, and when the document was dropped after it expired
 * @param expiresAt when it expires, milliseconds since the epoch; null for never
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Revision(
        UUID uuid,
        long timestamp,
        String origin,
        String kind,
        @JsonProperty("lost_conflict") boolean lostConflict,
        boolean current,
        @Nullable Long size,
        @JsonProperty("expires_at") @Nullable Long expiresAt) {
    /** The {@link #kind} of a delete. */
    public static final String TOMBSTONE = "tombstone";

    public Revision {
        Objects.requireNonNull(uuid);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(kind);
    }

    /** Whether there is a document that {@code ?revision} shows and {@code _restore} brings back. */
    public boolean hasDocument() {
        return size != null;
    }
}
