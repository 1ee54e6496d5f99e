package dev.kvs.console.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes names that nobody guesses, and the proof that goes into every form: an HMAC over the visitor's cookie, under a key that
 * lives as long as the console. So a visitor without a session costs no memory, and a page of another origin, which cannot read
 * ours, has no proof.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final RandomGenerator random;
    private final SecretKeySpec key;

    public Seal(RandomGenerator random) {
        this.random = random;
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** 256 random bits in hexadecimal digits. */
    public String freshName() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What the forms of the visitor with this cookie carry. */
    public String proof(String cookie) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Whether a form carries the proof of this cookie; takes as long whatever it carries. */
    public boolean holds(String cookie, String proof) {
        return MessageDigest.isEqual(
                proof(cookie).getBytes(StandardCharsets.UTF_8), proof.getBytes(StandardCharsets.UTF_8));
    }
}
