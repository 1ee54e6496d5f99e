package dev.kvs.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /conflicts/_seed}: a version that has seen nothing, for demonstrations and tests.
 *
 * @param key where
 * @param data its document
 * @param timestamp milliseconds since the epoch, with {@code counter}; null for now
 * @param counter 0 to 65535, with {@code timestamp}
 */
public record SeedRequest(
        String key,
        RawJson data,
        @Nullable Long timestamp,
        @Nullable Integer counter) {
    public SeedRequest {
        Objects.requireNonNull(key, "key is missing");
        Objects.requireNonNull(data, "data is missing");
    }
}
