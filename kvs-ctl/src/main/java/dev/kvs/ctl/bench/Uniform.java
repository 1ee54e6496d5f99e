package dev.kvs.ctl.bench;

import java.util.random.RandomGenerator;

/**
 * Every key equally often: the worst case for caches.
 *
 * @param keys how many, at least 1
 */
public record Uniform(int keys) implements KeyChoice {
    @Override
    public int next(RandomGenerator random) {
        return random.nextInt(keys);
    }
}
