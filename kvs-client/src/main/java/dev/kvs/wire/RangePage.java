package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /kv/_range}: keys of a half-open range in byte order.
 *
 * <pre>{@code
 * {"entries":[{"key":"users/ada","uuid":"01981c2e-...","timestamp":1790000000000,"data":{"name":"Ada"}}],
 *  "truncated":true,"next":"users/ada"}
 * }</pre>
 *
 * @param truncated whether there is more after this page
 * @param next the {@code after} of the next page; null when this is the last. A page may be short and still have one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RangePage(
        List<Entry> entries, boolean truncated, @Nullable String next) {
    /** Entries in a page when the caller does not say. */
    public static final int LIMIT_DEFAULT = 100;

    /** Most entries in a page. */
    public static final int LIMIT_MAX = 1_000;

    public RangePage {
        entries = List.copyOf(entries);
    }

    /**
     * One key of the range.
     *
     * @param timestamp when it was written, milliseconds since the epoch
     * @param expiresAt when it expires, milliseconds since the epoch; null for never
     * @param data the document; null, and absent on the wire, with {@code keys_only}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Entry(
            String key,
            UUID uuid,
            long timestamp,
            @JsonProperty("expires_at") @Nullable Long expiresAt,
            @Nullable RawJson data) {
        public Entry {
            Objects.requireNonNull(key);
            Objects.requireNonNull(uuid);
        }
    }
}
