package dev.kvs.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /auth/groups} and {@code PATCH /auth/groups/{name}}.
 *
 * @param name of a new group; null when the path names one
 * @param members the names of all its users; null leaves them as they are
 */
public record GroupRequest(@Nullable String name, @Nullable List<String> members) {
    public GroupRequest {
        members = members == null ? null : List.copyOf(members);
    }
}
