package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The answer to {@code POST /kv/_batch}.
 *
 * <pre>{@code {"results":[{"op":"put","key":"users/ada","uuid":"01981c2e-...","timestamp":1790000000000,"created":true}]}}
 * </pre>
 *
 * @param results one for each operation, in their order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BatchResult(List<Outcome> results) {
    public BatchResult {
        results = List.copyOf(results);
    }

    /**
     * What became of one operation.
     *
     * @param op as asked
     * @param uuid the version written; a delete writes one too
     * @param timestamp when, milliseconds since the epoch
     * @param created whether a put found nothing stored before; false for a delete
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Outcome(String op, String key, UUID uuid, long timestamp, boolean created) {
        public Outcome {
            Objects.requireNonNull(op);
            Objects.requireNonNull(key);
            Objects.requireNonNull(uuid);
        }
    }
}
