package dev.kvs.wire;

import java.util.Objects;

/**
 * The body of {@code POST /auth/login}.
 *
 * @param user the user's name
 * @param password what only he knows
 */
public record LoginRequest(String user, String password) {
    public LoginRequest {
        Objects.requireNonNull(user, "user is missing");
        Objects.requireNonNull(password, "password is missing");
    }

    /** Shows no secret: records print their components, and requests end up in logs. */
    @Override
    public String toString() {
        return "LoginRequest[...]";
    }
}
