package dev.kvs.ctl.bench;

import java.util.random.RandomGenerator;

/** Which key the next operation touches. Safe for use by many threads, each with its own generator. */
public interface KeyChoice {
    /** A number from 0 to one below the number of keys. */
    int next(RandomGenerator random);
}
