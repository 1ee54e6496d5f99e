package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A member of the cluster as one node sees it: an entry of {@code GET /members/}, and {@code GET /members/{id}}.
 *
 * <pre>{@code
 * {"id":"node-2","address":"10.0.0.2:8080","state":"alive","last_seen":1790000000000,
 *  "joined_timestamp":1789000000000,"version":"1.0.0","mode":"normal","lag":0,"self":false}
 * }</pre>
 *
 * @param id the node's name
 * @param address {@code host:port} at which the others reach it
 * @param state {@code alive}, {@code suspect}, {@code failed} or {@code left}; newer nodes may know more
 * @param lastSeen when there was last a sign of life, milliseconds since the epoch
 * @param joinedTimestamp when its data directory was founded, milliseconds since the epoch: the earlier one wins a tie
 * @param version its software's version
 * @param mode {@code normal}, {@code read-only} or {@code syncing}
 * @param lag versions durable on the node that was asked which this one is not known to hold
 * @param self whether it is the node that was asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemberInfo(
        String id,
        String address,
        String state,
        @JsonProperty("last_seen") long lastSeen,
        @JsonProperty("joined_timestamp") long joinedTimestamp,
        String version,
        String mode,
        long lag,
        boolean self) {
    /** The {@link #state} of a member that answers. */
    public static final String ALIVE = "alive";

    /** The {@link #state} of a member that has said goodbye; it is forgotten after a while. */
    public static final String LEFT = "left";

    public MemberInfo {
        Objects.requireNonNull(id);
        Objects.requireNonNull(address);
        Objects.requireNonNull(state);
        Objects.requireNonNull(version);
        Objects.requireNonNull(mode);
    }
}
