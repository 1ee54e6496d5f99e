package dev.kvs.audit;

import dev.kvs.model.StoreId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** 32 bytes of SHA-256 as a value that can be compared. */
public record Hash(long a, long b, long c, long d) {
    /** Length in bytes. */
    static final int BYTES = 32;

    private static final byte[] GENESIS = "kvs audit chain 1".getBytes(StandardCharsets.US_ASCII);

    /** The hash of these 32 bytes. */
    public static Hash of(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes));
    }

    /** What the first block of a store's chain follows: it binds the chain to the store. */
    static Hash genesis(StoreId store) {
        MessageDigest digest = sha256();
        digest.update(GENESIS);
        digest.update(ByteBuffer.allocate(16)
                .putLong(store.value().getMostSignificantBits())
                .putLong(store.value().getLeastSignificantBits())
                .flip());
        return of(digest.digest());
    }

    /** Reads a hash from where the buffer stands. */
    static Hash read(ByteBuffer in) {
        return new Hash(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** Reads a hash at a position. */
    static Hash at(ByteBuffer in, int position) {
        return new Hash(
                in.getLong(position), in.getLong(position + 8), in.getLong(position + 16), in.getLong(position + 24));
    }

    /** Writes the 32 bytes. */
    void write(ByteBuffer out) {
        out.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return bytes.array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
