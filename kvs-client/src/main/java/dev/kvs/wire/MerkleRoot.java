package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The answer to {@code GET /sync/merkle/root}. Two nodes hold the same winners when all but the number is
 * the same.
 *
 * <pre>{@code {"epoch":1790000000000,"root":"00f1e2d3c4b5a697","keys":1204,"system_root":"0000000000000000",
 * "system_keys":0}}</pre>
 *
 * @param epoch what may be collected by then is left out, milliseconds since the epoch; trees of different ones differ
 * @param root of the tree over what clients store, 16 hexadecimal digits
 * @param keys keys that are counted there, deletes included
 * @param systemRoot of the tree over what the cluster keeps about itself: users, groups, policies, settings
 * @param systemKeys keys that are counted there
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MerkleRoot(
        long epoch,
        String root,
        long keys,
        @JsonProperty("system_root") String systemRoot,
        @JsonProperty("system_keys") long systemKeys) {
    public MerkleRoot {
        Objects.requireNonNull(root);
        Objects.requireNonNull(systemRoot);
    }
}
