package dev.kvs.audit;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an entry tells. The numbers are the file format and are never given again. */
public enum EventKind {
    /** A document was stored. */
    PUT(1),
    /** A document was deleted. */
    DELETE(2),
    /** A request was refused: no or a bad token, not allowed, too many. */
    REFUSED(3),
    /** Somebody has logged in. */
    LOGIN(4),
    /** Somebody has tried to log in. */
    LOGIN_FAILED(5),
    /** A token was issued or revoked. */
    TOKEN(6),
    /** A user was made, changed or deleted. */
    USER(7),
    /** A group was made, changed or deleted. */
    GROUP(8),
    /** Owner, group or permissions of a key or prefix were changed. */
    POLICY(9),
    /** The node's mode was changed. */
    MODE(10),
    /** Concurrent versions of a key were decided between, or a later version has seen them all. */
    CONFLICT(11),
    /** A backup was made or put back. */
    BACKUP(12),
    /** The head of another node's chain, as it was heard: the store in {@code uuid}, the hash in {@code digest}. */
    WITNESS(13),
    /** Another node's chain is not what it was when its head was heard. */
    CONTRADICTION(14),
    /** A chain begins because the store has another name; the old chain's head stands in it. */
    STORE(15),
    /** Something about the audit log itself. */
    AUDIT(16),
    /** Something that the cluster keeps about itself was stored. */
    SYSTEM_PUT(17),
    /** Something that the cluster keeps about itself was deleted. */
    SYSTEM_DELETE(18),
    /** What admits nodes to the cluster was given out. */
    SECRET(19);

    private final int number;

    EventKind(int number) {
        this.number = number;
    }

    /** The number in files. */
    int number() {
        return number;
    }

    /** The word in the API, for example {@code login_failed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word; empty for one that this release does not know. */
    public static Optional<EventKind> of(String word) {
        for (EventKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static @Nullable EventKind of(int number) {
        for (EventKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }
}
