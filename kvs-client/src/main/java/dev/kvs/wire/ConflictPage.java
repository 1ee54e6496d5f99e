package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /conflicts}: newest first.
 *
 * @param openSystemConflicts open conflicts in what the cluster keeps about itself, which are counted and not listed
 * @param next the {@code after} of the next page; null when this is the last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConflictPage(
        List<ConflictReport> conflicts,
        @JsonProperty("open_system_conflicts") int openSystemConflicts,
        @Nullable String next) {
    /** Entries in a page when the caller does not say. */
    public static final int LIMIT_DEFAULT = 100;

    /** Most entries in a page. */
    public static final int LIMIT_MAX = 1_000;

    public ConflictPage {
        conflicts = List.copyOf(conflicts);
    }
}
