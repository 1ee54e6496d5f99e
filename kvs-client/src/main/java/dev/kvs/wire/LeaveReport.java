package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /members/leave}: the node has said goodbye and stays up, read-only, until it is restarted.
 *
 * <pre>{@code {"node_id":"node-3","left":true,"covered_by":"node-1","behind":0,"detail":"node-1 holds all of ..."}}</pre>
 *
 * @param left always true: leaving is never refused half way
 * @param coveredBy a living member that is known to hold everything this node holds; null when none was found in time
 * @param behind versions that the member furthest ahead is not known to hold; null when there is no living member
 * @param detail what happened and what to do next, for a person
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LeaveReport(
        @JsonProperty("node_id") String nodeId,
        boolean left,
        @JsonProperty("covered_by") @Nullable String coveredBy,
        @Nullable Long behind,
        String detail) {
    public LeaveReport {
        Objects.requireNonNull(nodeId);
        Objects.requireNonNull(detail);
    }
}
