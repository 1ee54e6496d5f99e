package dev.kvs.merkle;

/**
 * The winner of one key, as a leaf lists it: 24 bytes, and not the key.
 *
 * @param keyHash {@link KeyHash#rest()}
 * @param digest {@link MerkleTree#prefixOf} of the winner
 * @param hlc the winner's timestamp, 0 or more
 */
public record LeafEntry(long keyHash, long digest, long hlc) {
    /** Length on the wire. */
    static final int BYTES = 3 * Long.BYTES;
}
