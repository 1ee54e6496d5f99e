package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /kv/{key}/_explain}: why the key stands for the version it stands for, as a person would be told.
 *
 * @param key the key
 * @param verdict the answer in one sentence
 * @param rule what decided: {@code only_version}, {@code has_seen_all}, or the rule of the {@link ConflictReport}
 * @param steps how it was decided, one sentence each, in order
 * @param candidates the versions that were looked at, the winner first
 * @param conflict the conflict's name; null when the versions followed each other
 * @param status {@code open} or {@code closed}; null without a conflict
 * @param votes as in the conflict
 * @param restore how to bring losers back
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Explanation(
        String key,
        String verdict,
        String rule,
        List<String> steps,
        List<Rival> candidates,
        @Nullable UUID conflict,
        @Nullable String status,
        List<ConflictReport.Vote> votes,
        List<Restoring> restore) {
    public Explanation {
        Objects.requireNonNull(key);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(rule);
        steps = List.copyOf(steps);
        candidates = List.copyOf(candidates);
        votes = List.copyOf(votes);
        restore = List.copyOf(restore);
    }

    /**
     * One version that can be brought back.
     *
     * @param curl a line for a shell that writes its document again as a new version
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Restoring(UUID revision, String curl) {
        public Restoring {
            Objects.requireNonNull(revision);
            Objects.requireNonNull(curl);
        }
    }
}
