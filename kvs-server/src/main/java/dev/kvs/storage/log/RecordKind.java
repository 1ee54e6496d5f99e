package dev.kvs.storage.log;

import org.jspecify.annotations.Nullable;

/**
 * What a log record holds. The numbers are the file format; those beyond {@link #VERSION} are reserved so that a log
 * written by a later release is recognised instead of misread.
 */
public enum RecordKind {
    VERSION(1),
    KNOWLEDGE(2),
    CONFLICT(3),
    MEMBER(4),
    AUDIT(5),
    HELD(6),
    STORE(7),
    WRITTEN(8),
    PREPARE(16),
    COMMIT(17),
    ABORT(18),
    SLOT(19),
    EPOCH(20);

    private final int number;

    RecordKind(int number) {
        this.number = number;
    }

    /** The number in files. */
    public int number() {
        return number;
    }

    /** The kind of a number, null for one this release does not know. */
    static @Nullable RecordKind of(int number) {
        for (RecordKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }
}
