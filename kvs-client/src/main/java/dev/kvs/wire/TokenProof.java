package dev.kvs.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
    private static final String ALGORITHM = "HmacSHA256";

    private TokenProof() {}

    /** The proof for one question. */
    public static String of(String token, String nonce, int port) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] message = ("kvs-token-file\n" + nonce + "\n" + port).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
