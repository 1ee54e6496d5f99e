package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The answer to {@code GET /auth/whoami}.
 *
 * @param user the user's name
 * @param uuid by which values name their owner
 * @param groups the groups he is in
 * @param scopes what the token is good for
 * @param token the token's id
 * @param expiresAt when the token expires, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WhoAmI(
        String user,
        UUID uuid,
        List<String> groups,
        List<String> scopes,
        UUID token,
        @JsonProperty("expires_at") long expiresAt) {
    public WhoAmI {
        Objects.requireNonNull(user, "user is missing");
        Objects.requireNonNull(uuid, "uuid is missing");
        groups = List.copyOf(Objects.requireNonNull(groups, "groups is missing"));
        scopes = List.copyOf(Objects.requireNonNull(scopes, "scopes is missing"));
        Objects.requireNonNull(token, "token is missing");
    }
}
