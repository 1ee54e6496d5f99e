package dev.kvs.http;

import java.util.Locale;
import java.util.Optional;

/** What the node does with its clients' writes. */
public enum Mode {
    /** Takes them. */
    NORMAL,
    /** Refuses them with 503 {@code read_only}; replication goes on. */
    READ_ONLY,
    /** Refuses them with 503 {@code syncing} until it has caught up. */
    SYNCING;

    /** As the API writes it: {@code normal}, {@code read-only}, {@code syncing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The mode of a word; empty for one that is not known. */
    public static Optional<Mode> of(String word) {
        for (Mode mode : values()) {
            if (mode.word().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
