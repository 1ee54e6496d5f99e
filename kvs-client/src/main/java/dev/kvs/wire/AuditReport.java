package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /audit/_verify}.
 *
 * @param ok whether no link is broken and nothing contradicts
 * @param entries in good order, counted from the oldest that is kept
 * @param blocks that hold them
 * @param store whose chain it is now
 * @param head number of the chain's last block
 * @param hash of that block, hexadecimal
 * @param verified when, milliseconds since the epoch
 * @param broken the first broken link, null when there is none
 * @param contradictions chains, this one or another node's, that are not what they were when their heads were heard
 * @param silent members that did not say what they have heard
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditReport(
        boolean ok,
        long entries,
        long blocks,
        String store,
        long head,
        String hash,
        long verified,
        @Nullable Link broken,
        List<Contradiction> contradictions,
        List<String> silent) {
    public AuditReport {
        Objects.requireNonNull(store);
        Objects.requireNonNull(hash);
        contradictions = List.copyOf(contradictions);
        silent = List.copyOf(silent);
    }

    /**
     * A broken link.
     *
     * @param store whose chain it is; empty when that cannot be read
     * @param block the block that does not follow the one before it
     * @param segment number of the file, {@code audit/0000000001.audit} is 1
     * @param offset bytes of the file before the block
     * @param time when the last entry of the block says that it happened, milliseconds since the epoch; null when it does not
     * @param why what is wrong with it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Link(
            String store,
            long block,
            long segment,
            long offset,
            @Nullable Long time,
            String why) {
        public Link {
            Objects.requireNonNull(store);
            Objects.requireNonNull(why);
        }
    }

    /**
     * A chain that is not what it was.
     *
     * @param store whose chain it is
     * @param node the member that has it
     * @param witness the member that had heard its head
     * @param block the block that was its head then
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Contradiction(String store, String node, String witness, long block, String why) {
        public Contradiction {
            Objects.requireNonNull(store);
            Objects.requireNonNull(node);
            Objects.requireNonNull(witness);
            Objects.requireNonNull(why);
        }
    }
}
