package dev.kvs.wire;

import java.util.Locale;
import java.util.Optional;

/** What an import does with a document whose key is stored already. */
public enum ImportMode {
    /** Leaves the stored one. */
    SKIP,
    /** Replaces the stored one. */
    OVERWRITE,
    /** Replaces the stored one when that is older than the timestamp of the line; every line needs one. */
    NEWER;

    /** The word of {@link Parameters#MODE}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a word; empty when there is none. */
    public static Optional<ImportMode> of(String word) {
        for (ImportMode mode : values()) {
            if (mode.word().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
