package dev.kvs.replication;

import dev.kvs.platform.Check;

/** When a written value shall expire; becomes an absolute time inside the version. */
public sealed interface Expiry {
    /** As the configuration's {@code default_ttl} says. */
    record Default() implements Expiry {}

    /** Never, whatever the default. */
    record Never() implements Expiry {}

    /** So many milliseconds after the write, at least 1. */
    record After(long millis) implements Expiry {
        public After {
            Check.that(millis >= 1, "a life is at least a millisecond", millis);
        }
    }

    /** At this moment, milliseconds since the epoch; one that has passed makes a value that nobody sees. */
    record At(long millis) implements Expiry {}
}
