package dev.kvs.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of a chain has found.
 *
 * @param entries in good order, counted from the oldest that is kept
 * @param blocks that hold them
 * @param broken the first broken link, null when there is none
 * @param contradictions what other nodes know that does not fit, in words of {@link Contradiction}
 */
public record AuditVerdict(
        long entries, long blocks, @Nullable Link broken, List<Contradiction> contradictions) {
    public AuditVerdict {
        contradictions = List.copyOf(contradictions);
    }

    /** Whether nothing was found. */
    public boolean isGood() {
        return broken == null && contradictions.isEmpty();
    }

    /** The same with what other nodes say. */
    public AuditVerdict with(List<Contradiction> found) {
        return new AuditVerdict(entries, blocks, broken, found);
    }

    /**
     * A link that is broken.
     *
     * @param store whose chain it is; empty when not even that can be read
     * @param block the block that does not follow the one before it
     * @param segment number of its file
     * @param offset where in the file
     * @param millis what the block says of its time, milliseconds since the epoch; 0 when there is no block
     */
    public record Link(String store, long block, long segment, long offset, long millis, String why) {}

    /**
     * A chain that is not what it was when its head was heard.
     *
     * @param store whose chain it is
     * @param node the node with that chain
     * @param witness the node that has heard the head
     * @param block the head's block
     * @param why what is there instead
     */
    public record Contradiction(String store, String node, String witness, long block, String why) {}
}
