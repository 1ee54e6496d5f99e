package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The answer to {@code POST /members/join}.
 *
 * <pre>{@code {"node_id":"node-3","address":"10.0.0.1:8080","joined":true,"detail":"10.0.0.1:8080 has let this node in."}}</pre>
 *
 * @param nodeId who has asked
 * @param address whom
 * @param joined whether that member has let the node in; if not, it is asked again until this node stops
 * @param detail what happened, for a person
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JoinReport(@JsonProperty("node_id") String nodeId, String address, boolean joined, String detail) {
    public JoinReport {
        Objects.requireNonNull(nodeId);
        Objects.requireNonNull(address);
        Objects.requireNonNull(detail);
    }
}
