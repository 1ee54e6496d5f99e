package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /auth/tokens}.
 *
 * @param tokens those that are good now, the newest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TokenList(List<TokenInfo> tokens) {
    public TokenList {
        tokens = List.copyOf(Objects.requireNonNull(tokens, "tokens is missing"));
    }
}
