package dev.kvs.peer.session;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 over a head and a body. Safe for concurrent use: keeps a few {@link Mac}s to use again, because making one
 * costs more than signing a short body. Not one a thread: the threads are virtual and live for one call.
 */
final class Signer {
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** As many as can be at work at a time on a large machine; more are made when needed, and thrown away. */
    private static final int SPARE_MAX = 64;

    private final Queue<Mac> spare = new ArrayBlockingQueue<>(SPARE_MAX);

    /** Signs {@code head} from its beginning to its position, and then {@code body}. */
    byte[] sign(SecretKey key, ByteBuffer head, byte[] body) {
        Mac mac = take();
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("an HMAC takes any key", e);
        }
        mac.update(head.duplicate().flip());
        byte[] signature = mac.doFinal(body);
        spare.offer(mac);
        return signature;
    }

    /** Whether {@code signature} is what {@link #sign} gives; takes the same time wherever they differ. */
    boolean verify(SecretKey key, ByteBuffer head, byte[] body, byte[] signature) {
        return MessageDigest.isEqual(sign(key, head, body), signature);
    }

    private Mac take() {
        @Nullable Mac mac = spare.poll();
        if (mac != null) {
            return mac;
        }
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
