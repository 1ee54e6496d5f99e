package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * The body of {@code POST /admin/mode} and its answer.
 *
 * @param mode {@code normal} or {@code read-only}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModeReport(String mode) {
    public ModeReport {
        Objects.requireNonNull(mode, "mode is missing");
    }
}
