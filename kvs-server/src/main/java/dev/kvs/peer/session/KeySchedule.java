package dev.kvs.peer.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which keys follow from the secret: HKDF-SHA-256 (RFC 5869) with a purpose and everything a key is bound to as its info, each
 * with its length before it, so that no two infos are alike.
 */
final class KeySchedule {
    private static final byte[] SALT = ascii("kvs node sessions 1");

    private final byte[] secret;
    private final String clusterId;

    KeySchedule(NodeCredentials credentials) {
        this.secret = credentials.secret();
        this.clusterId = credentials.clusterId();
    }

    /** A key for each direction. */
    record Keys(SecretKey call, SecretKey answer) {}

    /** The keys for hellos ({@code call}) and welcomes ({@code answer}). */
    Keys handshake() {
        return derive("handshake");
    }

    /** The keys of one session. */
    Keys session(Hello hello, Welcome welcome) {
        byte[] id = new byte[SessionId.BYTES];
        ByteBuffer.wrap(id)
                .putLong(welcome.session().high())
                .putLong(welcome.session().low());
        return derive(
                "session",
                ascii(hello.node().value()),
                ascii(welcome.node().value()),
                id,
                hello.nonce(),
                welcome.nonce());
    }

    private Keys derive(String purpose, byte[]... bindings) {
        ByteBuffer info = ByteBuffer.allocate(1024);
        put(info, ascii(purpose));
        put(info, ascii(clusterId));
        for (byte[] binding : bindings) {
            put(info, binding);
        }
        byte[] both = expand(Arrays.copyOf(info.array(), info.position()));
        return new Keys(
                new SecretKeySpec(both, 0, Signer.BYTES, "HmacSHA256"),
                new SecretKeySpec(both, Signer.BYTES, Signer.BYTES, "HmacSHA256"));
    }

    private byte[] expand(byte[] info) {
        try {
            HKDFParameterSpec parameters =
                    HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(SALT).thenExpand(info, 2 * Signer.BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    private static void put(ByteBuffer info, byte[] part) {
        info.putShort((short) part.length).put(part);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
