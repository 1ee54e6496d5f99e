package dev.kvs.membership;

import java.util.Locale;
import java.util.Optional;

/**
 * What the cluster believes of a member. The order matters: of two claims with the same incarnation the later constant wins,
 * because it is the worse news and only the member itself can refute it, with a higher incarnation.
 */
public enum MemberState {
    /** It answers. */
    ALIVE,
    /** It has not answered somebody; it has seconds to refute that. Still counted among the living. */
    SUSPECT,
    /** It has not refuted the suspicion. Tried again now and then until it is removed. */
    FAILED,
    /** It has said goodbye. */
    LEFT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As the API and the messages write it: {@code alive}. */
    public String word() {
        return word;
    }

    /** Alive or suspect: it takes part, as far as anybody knows. */
    public boolean isLive() {
        return this == ALIVE || this == SUSPECT;
    }

    /** The state of a word; empty for one that this version does not know. */
    static Optional<MemberState> of(String word) {
        for (MemberState state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
