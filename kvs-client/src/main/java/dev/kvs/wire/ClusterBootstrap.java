package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /auth/cluster-bootstrap}: what a new node's configuration needs to join.
 *
 * @param clusterId by which members know each other
 * @param clusterSecret what they prove to each other
 * @param seedNodes addresses of members
 * @param clusterMode {@code cluster_mode}
 * @param conflictPolicy {@code conflict_policy}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterBootstrap(
        @JsonProperty("cluster_id") String clusterId,
        @JsonProperty("cluster_secret") String clusterSecret,
        @JsonProperty("seed_nodes") List<String> seedNodes,
        @JsonProperty("cluster_mode") String clusterMode,
        @JsonProperty("conflict_policy") String conflictPolicy) {
    public ClusterBootstrap {
        Objects.requireNonNull(clusterId, "cluster_id is missing");
        Objects.requireNonNull(clusterSecret, "cluster_secret is missing");
        seedNodes = List.copyOf(Objects.requireNonNull(seedNodes, "seed_nodes is missing"));
        Objects.requireNonNull(clusterMode, "cluster_mode is missing");
        Objects.requireNonNull(conflictPolicy, "conflict_policy is missing");
    }

    /** Shows no secret: records print their components, and requests end up in logs. */
    @Override
    public String toString() {
        return "ClusterBootstrap[...]";
    }
}
