package dev.kvs.storage.format;

import java.io.IOException;

/**
 * Stored bytes are not what this program wrote. The store never guesses and never skips: it stops and says which file, where
 * and what to do.
 */
public final class DamagedException extends IOException {
    public DamagedException(String message) {
        super(message);
    }

    public DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
