package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Concurrent versions of one key: an entry of {@link ConflictPage}, and {@code GET /conflicts/{id}}.
 *
 * @param id names the conflict on the node that was asked; other nodes have names of their own for it
 * @param status {@link #OPEN} or {@link #CLOSED}
 * @param rule what decided between the first two rivals: {@code later_timestamp}, {@code verdict}, {@code oldest_node},
 *     {@code smaller_uuid}, {@code greater_digest}; newer nodes may know more
 * @param times how many concurrent versions have arrived
 * @param firstSeen when this node saw it first, milliseconds since the epoch
 * @param lastSeen when a rival arrived last
 * @param rivals the versions, the winner first
 * @param votes what members answered; empty when none was asked
 * @param closedBy the version that has seen all rivals; null while it is open
 * @param closedAt when that came, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConflictReport(
        UUID id,
        String key,
        String status,
        String rule,
        int times,
        @JsonProperty("first_seen") long firstSeen,
        @JsonProperty("last_seen") long lastSeen,
        List<Rival> rivals,
        List<Vote> votes,
        @JsonProperty("closed_by") @Nullable UUID closedBy,
        @JsonProperty("closed_at") @Nullable Long closedAt) {
    public static final String OPEN = "open";
    public static final String CLOSED = "closed";

    public ConflictReport {
        Objects.requireNonNull(id);
        Objects.requireNonNull(key);
        Objects.requireNonNull(status);
        Objects.requireNonNull(rule);
        rivals = List.copyOf(rivals);
        votes = List.copyOf(votes);
    }

    /**
     * What one member answered.
     *
     * @param choice the rival that it stored first; null when it had none or gave no answer
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Vote(String member, @Nullable UUID choice) {
        public Vote {
            Objects.requireNonNull(member);
        }
    }
}
