package dev.kvs.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over all of a version, with the document represented by its own hash so that it can be dropped at expiry and the
 * digest stays true. Fixed-width big-endian fields; lengths precede what varies, so no two versions give the same input.
 */
public final class VersionDigest {
    /** Length of a digest and of a document hash. */
    public static final int BYTES = 32;

    private static final byte FORMAT = 1;

    private VersionDigest() {}

    /** The hash of a document. */
    public static byte[] ofBody(byte[] body) {
        return sha256().digest(body);
    }

    /** The first 8 bytes of a hash as a big-endian number: what stands for it where space is short. */
    public static long prefixOf(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    static byte[] of(Version.Draft version, byte[] bodyHash) {
        byte[] node = version.origin().node().value().getBytes(StandardCharsets.US_ASCII);
        byte[] key = version.key().utf8();
        int dots = version.vector().dots().size();
        ByteBuffer input = ByteBuffer.allocate(192 + key.length + node.length + 24 * dots);
        input.put(FORMAT).put((byte) version.kind().number());
        input.putInt(key.length).put(key);
        put(input, version.uuid());
        input.putLong(version.hlc());
        put(input, version.origin().store().value());
        input.putLong(version.sequence()).putLong(version.origin().joinedMillis());
        input.putInt(node.length).put(node);
        input.putInt(dots);
        for (Dot dot : version.vector().dots()) {
            put(input, dot.store().value());
            input.putLong(dot.sequence());
        }
        input.putLong(version.expiresAt());
        putOptional(input, version.acl().owner());
        putOptional(input, version.acl().group());
        input.putShort((short) version.acl().permissions()).put(bodyHash);
        MessageDigest digest = sha256();
        digest.update(input.flip());
        return digest.digest();
    }

    private static void put(ByteBuffer input, UUID uuid) {
        input.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    private static void putOptional(ByteBuffer input, @Nullable UUID uuid) {
        input.put((byte) (uuid == null ? 0 : 1));
        if (uuid != null) {
            put(input, uuid);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
