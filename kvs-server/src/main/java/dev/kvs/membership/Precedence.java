package dev.kvs.membership;

import java.util.Comparator;

/**
 * Which of two claims about the same name wins: the higher incarnation, then the worse state. What is left decides between
 * claims that should not both exist, in any fixed way, so that the order is total: the greater of any two claims is the same
 * on every node and in whatever order they were heard, which makes merging commutative, associative and idempotent.
 *
 * <p>Source: Das, Gupta, Motivala, "SWIM", DSN 2002, section 4.2.
 */
final class Precedence {
    static final Comparator<Member> ORDER = Comparator.comparingLong(Member::incarnation)
            .thenComparing(Member::state)
            .thenComparing(Member::store)
            .thenComparing(Member::address)
            .thenComparingLong(Member::joinedMillis)
            .thenComparing(Member::mode)
            .thenComparing(Member::release)
            .thenComparingInt(Member::speaks);

    /**
     * An incarnation grows by one at a time, so a claim this far above what is known is nonsense; believing it would let one
     * message use up all the numbers with which a member can refute.
     */
    static final long LEAP_MAX = 1L << 20;

    private Precedence() {}

    static boolean isPlausible(Member known, Member claimed) {
        return claimed.incarnation() <= known.incarnation() + LEAP_MAX;
    }
}
