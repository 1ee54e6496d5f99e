package dev.kvs.security;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Passwords as Argon2id hashes (RFC 9106), with the parameters that OWASP's cheat sheet names: 19 MiB, two passes, one lane.
 * Few are computed at a time, because each takes memory.
 */
final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int LENGTH_MIN = 12;
    private static final int LENGTH_MAX = 256;
    private static final int AT_A_TIME = 2;

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    private final Semaphore permits = new Semaphore(AT_A_TIME);

    /** The hash of nobody's password, so that a user who does not exist costs as much time as one who does. */
    private volatile @Nullable String decoy;

    /** Hashes a new password of 12 to 256 characters. */
    String hash(String password) {
        if (password.length() < LENGTH_MIN || password.length() > LENGTH_MAX) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "A password has " + LENGTH_MIN + " to " + LENGTH_MAX
                            + " characters; a sentence is easy to remember.");
        }
        acquire();
        try {
            return Password.hash(password).addRandomSalt().with(argon2).getResult();
        } finally {
            permits.release();
        }
    }

    /** Whether a password is the one of a hash; null stands for a user who has none, or is none. */
    boolean matches(String password, @Nullable String hash) {
        if (password.length() > LENGTH_MAX) {
            return false;
        }
        acquire();
        try {
            boolean same =
                    Password.check(password, hash == null ? decoy() : hash).with(argon2);
            return same && hash != null;
        } finally {
            permits.release();
        }
    }

    private String decoy() {
        String made = decoy;
        if (made == null) {
            made = Password.hash("nobody's").addRandomSalt().with(argon2).getResult();
            decoy = made;
        }
        return made;
    }

    private void acquire() {
        if (!permits.tryAcquire()) {
            throw new KvsException(
                    ErrorCode.OVERLOADED, "The node checks as many passwords as it may at a time; try again.");
        }
    }
}
