package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /audit}: newest first. A page may be short or empty and still have a next one, because one request
 * reads a bounded part of the log.
 *
 * @param next the {@code after} of the next page; null when this is the last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditEntries(List<Entry> entries, @Nullable String next) {
    /** Entries in a page when the caller does not say. */
    public static final int LIMIT_DEFAULT = 100;

    /** Most entries in a page. */
    public static final int LIMIT_MAX = 1_000;

    public AuditEntries {
        entries = List.copyOf(entries);
    }

    /**
     * One entry.
     *
     * @param place where it is in the log; no two entries have the same
     * @param block number of the block in the chain that holds it
     * @param time when it happened, milliseconds since the epoch
     * @param kind {@code put}, {@code delete}, {@code refused}, {@code login}, {@code conflict} and so on; newer nodes know more
     * @param actor who did it; empty for the node itself
     * @param key the key concerned, null for none
     * @param uuid the version written, or what else the kind says
     * @param digest SHA-256 of the version written, or what else the kind says; hexadecimal
     * @param detail for people, null for none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Entry(
            String place,
            long block,
            long time,
            String kind,
            String actor,
            @Nullable String key,
            @Nullable UUID uuid,
            @Nullable String digest,
            @Nullable String detail) {
        public Entry {
            Objects.requireNonNull(place);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(actor);
        }
    }
}
