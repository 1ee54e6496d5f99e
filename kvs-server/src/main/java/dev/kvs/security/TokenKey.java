package dev.kvs.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signs tokens, derived from a secret by HKDF (RFC 5869), with the name by which tokens say that it signed them.
 *
 * @param audience the id of the cluster that its tokens are for
 * @param id the header {@code kid}: 16 hexadecimal digits that tell nothing about the key
 * @param key 256 bits
 */
record TokenKey(String audience, String id, SecretKey key) {
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;

    /** The key of a cluster that belongs to a secret, the same on every node that knows the secret. */
    static TokenKey of(String audience, byte[] secret) {
        byte[] id = derive(secret, "kvs token key id", ID_BYTES);
        return new TokenKey(
                audience,
                HexFormat.of().formatHex(id),
                new SecretKeySpec(derive(secret, "kvs token key", KEY_BYTES), "HmacSHA256"));
    }

    /** Bytes for a purpose, from which nothing about the secret or other purposes can be learned. */
    static byte[] derive(byte[] secret, String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java from 25 on has HKDF-SHA256", e);
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "TokenKey[" + id + "]";
    }
}
