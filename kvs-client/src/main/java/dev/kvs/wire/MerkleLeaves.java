package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code POST /sync/merkle/leaves}: hashes of keys, never keys.
 *
 * @param epoch as in {@link MerkleRoot}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MerkleLeaves(long epoch, List<Leaf> leaves) {
    /** Entries of one leaf that are listed. */
    public static final int ENTRIES_MAX = 1_000;

    public MerkleLeaves {
        leaves = List.copyOf(leaves);
    }

    /**
     * What one leaf is the sum of.
     *
     * @param entries at most {@link #ENTRIES_MAX}, in the order of their hashes
     * @param truncated whether there are more
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Leaf(int leaf, List<Entry> entries, boolean truncated) {
        public Leaf {
            entries = List.copyOf(entries);
        }
    }

    /**
     * The winner of one key.
     *
     * @param hash bytes 2 to 9 of the SHA-256 of the key; the first two are the leaf's number. 16 hexadecimal digits
     * @param digest stands for the whole version, 16 hexadecimal digits
     * @param timestamp when it was written, milliseconds since the epoch
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Entry(String hash, String digest, long timestamp) {
        public Entry {
            Objects.requireNonNull(hash);
            Objects.requireNonNull(digest);
        }
    }
}
