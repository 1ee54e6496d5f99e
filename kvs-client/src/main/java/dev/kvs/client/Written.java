package dev.kvs.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a put, patch or restore.
 *
 * @param uuid the version that was written; give it to {@link WriteOptions#withIfMatch} to change just that one
 * @param timestamp when, milliseconds since the epoch
 * @param created whether nothing was stored under the key before
 * @param acks how many nodes hold it durably, at least 1
 * @param conditionScope how far a condition held: {@code node}, {@code quorum} or {@code key}; null without a condition
 */
public record Written(
        UUID uuid,
        long timestamp,
        boolean created,
        int acks,
        @Nullable String conditionScope) {}
