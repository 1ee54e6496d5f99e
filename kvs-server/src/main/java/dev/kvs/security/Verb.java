package dev.kvs.security;

import java.util.Locale;
import java.util.Optional;

/** What can be done with a value. Each class of callers (owner, group, others) has one bit for each. */
public enum Verb {
    /** To read the value and its history. */
    READ(0b0001, Scopes.READ),
    /** To replace a value that is there. */
    WRITE(0b0010, Scopes.WRITE),
    /** To delete it. */
    DELETE(0b0100, Scopes.DELETE),
    /** To store a value where none is; the policy of the prefix decides. */
    CREATE(0b1000, Scopes.WRITE);

    private final int bit;
    private final String scope;

    Verb(int bit, String scope) {
        this.bit = bit;
        this.scope = scope;
    }

    /** The bit of this verb within the four of a class. */
    int bit() {
        return bit;
    }

    /** What a token must be good for. */
    String scope() {
        return scope;
    }

    /** For example {@code read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verb of a {@link #word}. */
    public static Optional<Verb> of(String word) {
        for (Verb verb : values()) {
            if (verb.word().equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
