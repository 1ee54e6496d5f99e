package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A group.
 *
 * @param name unique
 * @param uuid by which values name their group
 * @param members the names of its users
 * @param createdAt milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GroupInfo(
        String name,
        UUID uuid,
        List<String> members,
        @JsonProperty("created_at") long createdAt) {
    public GroupInfo {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(uuid, "uuid is missing");
        members = List.copyOf(Objects.requireNonNull(members, "members is missing"));
    }
}
