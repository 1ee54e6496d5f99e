package dev.kvs.security;

import dev.kvs.platform.Randomness;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in listings, sealed (AES-GCM): a page may end at a key that the caller may not know of. Every node that knows the
 * secret can open them.
 */
public final class PageTokens {
    /** What a sealed place begins with. A child could be called so, but then it does not open. */
    private static final String MARK = "sealed:";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Randomness randomness;

    public PageTokens(SecuritySettings settings, Randomness randomness) {
        this.key = new SecretKeySpec(TokenKey.derive(settings.secret(), "kvs page tokens", KEY_BYTES), "AES");
        this.randomness = randomness;
    }

    /** Seals a place. */
    public String seal(String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        randomness.fillSecret(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, place.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("what is at hand can be encrypted"));
        byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /** Opens what {@link #seal} made; empty for anything else. */
    public Optional<String> open(String sealed) {
        if (!sealed.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(sealed.substring(MARK.length()));
            if (both.length < NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            return crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(both, NONCE_BYTES, both.length))
                    .map(place -> new String(place, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException notSealedByUs) {
            return Optional.empty();
        }
    }
}
