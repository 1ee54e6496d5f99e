package dev.kvs.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /auth/tokens}.
 *
 * @param user whose token; null for the caller's own
 * @param label what it is for
 * @param scopes what it shall be good for; null for all that its owner may
 * @param ttl how long it lives, a {@link Durations} text; null for the usual life
 */
public record TokenRequest(
        @Nullable String user,
        @Nullable String label,
        @Nullable List<String> scopes,
        @Nullable String ttl) {
    public TokenRequest {
        scopes = scopes == null ? null : List.copyOf(scopes);
    }
}
