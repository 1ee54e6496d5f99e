package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /health}, with 200 when the node is up and 503 when it is down. {@code /health/live} and
 * {@code /health/ready} answer the same with their own checks.
 *
 * <pre>{@code
 * {"status":"ok","mode":"normal","member_count":1,"node_id":"node-1","version":"1.0.0",
 *  "checks":[{"name":"storage","status":"ok"}]}
 * }</pre>
 *
 * @param status {@link #OK} or {@link #DOWN}
 * @param mode {@code normal}, {@code read-only} or {@code syncing}
 * @param memberCount members of the cluster, this node included
 * @param nodeId the node's name
 * @param version the node's software version
 * @param checks what was looked at
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HealthReport(
        String status,
        String mode,
        @JsonProperty("member_count") int memberCount,
        @JsonProperty("node_id") String nodeId,
        String version,
        List<CheckResult> checks) {
    public static final String OK = "ok";
    public static final String DOWN = "down";

    public HealthReport {
        Objects.requireNonNull(status);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(nodeId);
        Objects.requireNonNull(version);
        checks = List.copyOf(checks);
    }

    /** Whether the node says that it is up. */
    @JsonIgnore
    public boolean isUp() {
        return status.equals(OK);
    }

    /**
     * What one check found.
     *
     * @param name what was looked at
     * @param status {@link #OK} or {@link #DOWN}
     * @param detail what is wrong and what to do; null when nothing is
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CheckResult(
            String name, String status, @Nullable String detail) {
        public CheckResult {
            Objects.requireNonNull(name);
            Objects.requireNonNull(status);
        }
    }
}
