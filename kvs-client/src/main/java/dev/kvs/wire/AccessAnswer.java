package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * The answer to {@code GET /auth/can}.
 *
 * @param allowed whether the user may
 * @param rule which rule decided
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccessAnswer(boolean allowed, String rule) {
    public AccessAnswer {
        Objects.requireNonNull(rule, "rule is missing");
    }
}
