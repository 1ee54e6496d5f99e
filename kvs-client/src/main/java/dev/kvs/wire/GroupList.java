package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /auth/groups}.
 *
 * @param groups by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GroupList(List<GroupInfo> groups) {
    public GroupList {
        groups = List.copyOf(Objects.requireNonNull(groups, "groups is missing"));
    }
}
