package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /cluster/convergence}: how far the cluster agrees, as one node knows it.
 *
 * @param convergedUpTo every living member is known to hold all that was written up to this moment, milliseconds since the
 *     epoch; null when that cannot be said. It is late by the time since the members last spoke, never early
 * @param clockAheadMs how far this node's clock is ahead of the median of the others, negative when it is behind; null when
 *     no other has answered yet
 * @param heldBack versions from too far in the future, stored and not shown until their time comes
 * @param quarantined versions that came back after their deletion had been collected, since the start of the node
 * @param quarantinedOfSystem how many of those belong to what the cluster keeps about itself; their keys are not shown
 * @param quarantine the first of the others
 * @param openConflicts keys with concurrent versions that nothing has settled yet
 * @param openSystemConflicts as {@code openConflicts}, in what the cluster keeps about itself: users, groups, policies
 * @param peers the other members
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Convergence(
        @JsonProperty("node_id") String nodeId,
        @JsonProperty("converged_up_to") @Nullable Long convergedUpTo,
        @JsonProperty("clock_ahead_ms") @Nullable Long clockAheadMs,
        @JsonProperty("held_back") int heldBack,
        int quarantined,
        @JsonProperty("quarantined_of_system") int quarantinedOfSystem,
        List<Quarantined> quarantine,
        @JsonProperty("open_conflicts") int openConflicts,
        @JsonProperty("open_system_conflicts") int openSystemConflicts,
        List<Peer> peers) {
    public Convergence {
        Objects.requireNonNull(nodeId);
        quarantine = List.copyOf(quarantine);
        peers = List.copyOf(peers);
    }

    /**
     * One other member.
     *
     * @param lag versions durable on this node that the peer is not known to hold
     * @param missingHere versions that the peer is known to hold and this node is not
     * @param toldAt when the peer last said what it holds, milliseconds since the epoch; null for never
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Peer(
            String id,
            String address,
            String state,
            long lag,
            @JsonProperty("missing_here") long missingHere,
            @JsonProperty("told_at") @Nullable Long toldAt,
            Comparison comparison) {
        public Peer {
            Objects.requireNonNull(id);
            Objects.requireNonNull(address);
            Objects.requireNonNull(state);
            Objects.requireNonNull(comparison);
        }
    }

    /** A version in quarantine: write it anew if it should live. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Quarantined(String key, UUID uuid, long timestamp, String origin) {
        public Quarantined {
            Objects.requireNonNull(key);
            Objects.requireNonNull(uuid);
            Objects.requireNonNull(origin);
        }
    }
}
