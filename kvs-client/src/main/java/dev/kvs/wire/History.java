package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /kv/{key}/_history}.
 *
 * <pre>{@code
 * {"key":"users/ada","revisions":[
 *   {"uuid":"01981c2e-...","timestamp":1790000000000,"origin":"node-1","kind":"live",
 *    "lost_conflict":false,"current":true,"size":14}]}
 * }</pre>
 *
 * @param revisions what is kept: the winner first, then newest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record History(String key, List<Revision> revisions) {
    public History {
        Objects.requireNonNull(key);
        revisions = List.copyOf(revisions);
    }
}
