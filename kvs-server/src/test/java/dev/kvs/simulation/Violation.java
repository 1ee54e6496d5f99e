package dev.kvs.simulation;

import java.util.function.Supplier;

/** What a cluster has promised does not hold. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }

    /** Throws when the promise does not hold; the words are only looked for then. */
    static void unless(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new Violation(what.get());
        }
    }
}
