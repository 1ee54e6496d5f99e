package dev.kvs.merkle;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What stands for a key between nodes: the first 80 bits of its SHA-256. Two keys that share them are possible and harmless:
 * they are compared, and fetched, together.
 *
 * @param leaf the first 16 bits, 0 to 65,535: the leaf of the tree
 * @param rest the next 64 bits (bytes 2 to 9), compared as unsigned
 */
public record KeyHash(int leaf, long rest) implements Comparable<KeyHash> {
    public KeyHash {
        if (leaf < 0 || leaf >= MerkleTree.LEAVES) {
            throw new IllegalArgumentException("a leaf is 0 to " + (MerkleTree.LEAVES - 1) + ", not " + leaf);
        }
    }

    /** The hash of a key's UTF-8 bytes. */
    public static KeyHash of(byte[] keyUtf8) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(keyUtf8));
        return new KeyHash(Short.toUnsignedInt(digest.getShort()), digest.getLong());
    }

    /** The order of the hashes as unsigned numbers. */
    @Override
    public int compareTo(KeyHash other) {
        return leaf != other.leaf ? Integer.compare(leaf, other.leaf) : Long.compareUnsigned(rest, other.rest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
