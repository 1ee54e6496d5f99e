package dev.kvs.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * What the cluster remembers of a token it gave out, which is not the token.
 *
 * @param id the claim {@code jti}
 * @param user whose it is
 * @param label what it is for, in its owner's words; may be empty
 * @param scopes what it is good for
 * @param issuedAt milliseconds since the epoch
 * @param expiresAt milliseconds since the epoch; the record goes then too
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record IssuedToken(
        UUID id,
        UUID user,
        String label,
        List<String> scopes,
        @JsonProperty("issued_at") long issuedAt,
        @JsonProperty("expires_at") long expiresAt) {
    public IssuedToken {
        scopes = List.copyOf(scopes);
    }
}
