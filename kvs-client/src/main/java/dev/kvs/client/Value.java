package dev.kvs.client;

import dev.kvs.wire.RawJson;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored document and its version.
 *
 * @param uuid the version
 * @param timestamp when it was written, milliseconds since the epoch
 * @param expiresAt when it expires, milliseconds since the epoch; null for never
 * @param json the document exactly as stored
 */
public record Value(
        String key, UUID uuid, long timestamp, @Nullable Long expiresAt, RawJson json) {
    /** The document's text. */
    public String text() {
        return json.text();
    }

    /** When it was written. */
    public Instant writtenAt() {
        return Instant.ofEpochMilli(timestamp);
    }

    /** When it expires; empty for never. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiresAt).map(Instant::ofEpochMilli);
    }
}
