package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /auth/policies}.
 *
 * @param policies the one that holds everywhere else first, then by prefix
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PolicyList(List<PolicyInfo> policies) {
    public PolicyList {
        policies = List.copyOf(Objects.requireNonNull(policies, "policies is missing"));
    }
}
