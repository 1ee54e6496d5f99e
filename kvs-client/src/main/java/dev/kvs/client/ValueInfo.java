package dev.kvs.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All about a stored document but itself.
 *
 * @param uuid the version
 * @param timestamp when it was written, milliseconds since the epoch
 * @param expiresAt when it expires, milliseconds since the epoch; null for never
 * @param size bytes of the document; null when the node does not say
 */
public record ValueInfo(
        String key,
        UUID uuid,
        long timestamp,
        @Nullable Long expiresAt,
        @Nullable Long size) {}
