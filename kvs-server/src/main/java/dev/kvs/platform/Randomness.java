package dev.kvs.platform;

/** The randomness port. Real: {@link SystemRandomness}. Simulated: a seeded generator in the tests. */
public interface Randomness {
    /** 64 uniformly distributed bits. Safe to call from any thread. Not for secrets. */
    long nextLong();

    /** Fills {@code target} with bits fit for keys and tokens. Safe to call from any thread. */
    void fillSecret(byte[] target);
}
