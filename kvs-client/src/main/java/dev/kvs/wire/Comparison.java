package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the last comparison of two nodes' Merkle trees came to.
 *
 * @param peer the other node's name
 * @param result one of the words below; newer nodes may know more
 * @param differences keys that differed; they have been exchanged, and writes that were on their way count too
 * @param lasting keys that differed in both of the last two comparisons: only these are a finding
 * @param error why it did not come to an end; null when it did
 * @param at when it ended, milliseconds since the epoch; null when there was none
 * @param equalAt when the two were last found equal, milliseconds since the epoch; null for never
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Comparison(
        String peer,
        String result,
        int differences,
        @JsonProperty("lasting_differences") int lasting,
        @Nullable String error,
        @Nullable Long at,
        @JsonProperty("equal_at") @Nullable Long equalAt) {
    /** The trees were equal. */
    public static final String EQUAL = "equal";

    /** They were not, and what differed has been exchanged. */
    public static final String DIFFERENT = "different";

    /** It did not come to an end. */
    public static final String FAILED = "failed";

    /** It has not ended yet. */
    public static final String RUNNING = "running";

    /** The two have not been compared since the node started. */
    public static final String NEVER = "never";

    public Comparison {
        Objects.requireNonNull(peer);
        Objects.requireNonNull(result);
    }
}
