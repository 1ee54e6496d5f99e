package dev.kvs.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /auth/users} and {@code PATCH /auth/users/{name}}. What is left out stays as it is.
 *
 * @param name of a new user; null when the path names one
 * @param password a new one; ends all tokens of the user
 * @param scopes the most a token of the user's may be good for
 * @param groups the groups he shall be in
 * @param disabled whether his tokens are refused
 */
public record UserRequest(
        @Nullable String name,
        @Nullable String password,
        @Nullable List<String> scopes,
        @Nullable List<String> groups,
        @Nullable Boolean disabled) {
    public UserRequest {
        scopes = scopes == null ? null : List.copyOf(scopes);
        groups = groups == null ? null : List.copyOf(groups);
    }

    /** Shows no password: records print their components, and requests end up in logs. */
    @Override
    public String toString() {
        return "UserRequest[" + name + "]";
    }
}
