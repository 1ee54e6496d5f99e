package dev.kvs.platform;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/** The machine's own randomness: the secure generator for secrets, a fast one for the random bits of identifiers. */
public final class SystemRandomness implements Randomness {
    private final SecureRandom secure = new SecureRandom();

    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }

    @Override
    public void fillSecret(byte[] target) {
        secure.nextBytes(target);
    }
}
