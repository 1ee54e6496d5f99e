package dev.kvs.membership;

/**
 * What has become of a member. Told in the order in which it happened.
 *
 * @param kind what happened
 * @param member as it is now, or as it was when it was removed
 */
public record MemberEvent(Kind kind, Member member) {
    /** What can happen to a member. */
    public enum Kind {
        /** A node that was not on the list has proven that it is there. */
        JOINED,
        /** Somebody found it silent; it may still refute. */
        SUSPECTED,
        /** It has refuted the suspicion. */
        CLEARED,
        /** It has not. */
        FAILED,
        /** It has said goodbye. */
        LEFT,
        /** It had failed or left and is here again, with the same data directory. */
        RETURNED,
        /** Its name has come back with another data directory or at another address, while the old one was dead. */
        REPLACED,
        /** It says something new about itself: its mode or its release. */
        CHANGED,
        /** It is off the list. What it knew, and what is known of it, is not touched by that. */
        REMOVED
    }
}
