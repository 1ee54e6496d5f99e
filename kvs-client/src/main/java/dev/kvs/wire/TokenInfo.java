package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that was given out.
 *
 * @param id by which it is revoked
 * @param user whose it is
 * @param label what it is for
 * @param scopes what it is good for
 * @param issuedAt milliseconds since the epoch
 * @param expiresAt milliseconds since the epoch
 * @param token the token itself, only in the answer that made it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TokenInfo(
        UUID id,
        String user,
        String label,
        List<String> scopes,
        @JsonProperty("issued_at") long issuedAt,
        @JsonProperty("expires_at") long expiresAt,
        @Nullable String token) {
    public TokenInfo {
        Objects.requireNonNull(id, "id is missing");
        Objects.requireNonNull(user, "user is missing");
        Objects.requireNonNull(label, "label is missing");
        scopes = List.copyOf(Objects.requireNonNull(scopes, "scopes is missing"));
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "TokenInfo[" + id + " of " + user + "]";
    }
}
