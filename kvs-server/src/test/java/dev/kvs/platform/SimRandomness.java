package dev.kvs.platform;

import java.util.SplittableRandom;

/**
 * The randomness of one simulated node: everything follows from the seed. Secrets too, which is why this never leaves the
 * tests. Not safe for several threads: a simulation has one.
 */
public final class SimRandomness implements Randomness {
    private final long seed;
    private final SplittableRandom random;

    public SimRandomness(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Another generator, which follows from this one's seed and {@code name} alone: what one part of the world draws changes
     * nothing for the others, so that a scenario with one node more is still the same for the rest.
     */
    public SimRandomness fork(String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            // The golden ratio's bits spread neighbouring names over all seeds, as in SplittableRandom itself.
            mixed = (mixed ^ name.charAt(i)) * 0x9E3779B97F4A7C15L;
        }
        return new SimRandomness(mixed);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public void fillSecret(byte[] target) {
        random.nextBytes(target);
    }

    /** Evenly from {@code from} to {@code to}, both included. */
    public long between(long from, long to) {
        return from == to ? from : random.nextLong(from, to + 1);
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
