package dev.kvs.membership;

/**
 * How much this node trusts its own senses. A node that is short of processor time or network takes others for dead; every
 * sign of that makes it slower to probe and to judge, every answered probe quicker again.
 *
 * <p>Source: Dadgar, Phillips, Currey, "Lifeguard: Local Health Awareness for More Accurate Failure Detection", 2018,
 * section IV-A; the bound of 8 is theirs.
 */
final class Awareness {
    private static final int SCORE_MAX = 7;

    private int score;

    /** 0 when all is well, to 7. */
    int score() {
        return score;
    }

    /** A time stretched by the present score, to 8 times its length. */
    long scaled(long millis) {
        return millis * (score + 1);
    }

    void improve() {
        score = Math.max(0, score - 1);
    }

    void worsen() {
        score = Math.min(SCORE_MAX, score + 1);
    }
}
