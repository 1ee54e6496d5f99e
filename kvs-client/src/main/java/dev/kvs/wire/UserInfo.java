package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A user.
 *
 * @param name unique
 * @param uuid by which values name their owner
 * @param scopes the most a token of his may be good for
 * @param groups the groups he is in
 * @param password whether he has one
 * @param disabled whether his tokens are refused
 * @param createdAt milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UserInfo(
        String name,
        UUID uuid,
        List<String> scopes,
        List<String> groups,
        boolean password,
        boolean disabled,
        @JsonProperty("created_at") long createdAt) {
    public UserInfo {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(uuid, "uuid is missing");
        scopes = List.copyOf(Objects.requireNonNull(scopes, "scopes is missing"));
        groups = List.copyOf(Objects.requireNonNull(groups, "groups is missing"));
    }
}
