package dev.kvs.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How a node proves that it knows the token in the file it names ({@link Headers#TOKEN_FILE}), before a caller on its machine
 * sends that token: whoever listens on a port could name a file that another node wrote, and be sent what is in it.
 *
 * <pre>{@code KVS-Token-Proof: hex(HMAC-SHA-256(token, "kvs-token-file" + "\n" + nonce + "\n" + port)) }</pre>
 *
 * The caller's nonce makes a proof good once; the port at which the node was reached keeps somebody in between from getting it
 * from the node that knows.
 */
public final class TokenProof {
    private static final int BLOCK_BYTES = 64;
    private static final int INNER_PAD = 0x36;
    private static final int OUTER_PAD = 0x5c;

    private TokenProof() {}

    /** The proof for one question. */
    public static String of(String token, String nonce, int port) {
        byte[] message = ("kvs-token-file\n" + nonce + "\n" + port).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(hmac(token.getBytes(StandardCharsets.UTF_8), message));
    }

    /**
     * HMAC (RFC 2104). The JDK's own first looks at all that provides ciphers, which takes a new process longer than the rest of
     * a question to a node.
     */
    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha.digest(key) : key, BLOCK_BYTES);
            return padded(sha, block, OUTER_PAD, padded(sha, block, INNER_PAD, message));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] padded(MessageDigest sha, byte[] block, int pad, byte[] message) {
        for (byte b : block) {
            sha.update((byte) (b ^ pad));
        }
        return sha.digest(message);
    }
}
