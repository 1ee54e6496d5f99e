package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * The answer to {@code POST /admin/mode}: the mode the node is in now.
 *
 * @param mode {@code normal}, {@code read-only} or {@code syncing}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModeReport(String mode) {
    public ModeReport {
        Objects.requireNonNull(mode, "mode is missing");
    }
}
