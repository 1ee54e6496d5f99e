package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /auth/users}.
 *
 * @param users by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UserList(List<UserInfo> users) {
    public UserList {
        users = List.copyOf(Objects.requireNonNull(users, "users is missing"));
    }
}
