package dev.kvs.wire;

import java.util.Objects;

/**
 * The body of {@code POST /admin/mode}.
 *
 * @param mode {@code normal} or {@code read-only}
 */
public record ModeRequest(String mode) {
    public ModeRequest {
        Objects.requireNonNull(mode, "mode is missing");
    }
}
