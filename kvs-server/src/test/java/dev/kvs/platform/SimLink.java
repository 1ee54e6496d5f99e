package dev.kvs.platform;

/**
 * How a link treats messages, one way. A request and its answer are a message each.
 *
 * @param delayMinMicros shortest way
 * @param delayMaxMicros longest way; each message draws its own, so that those sent together may arrive in another order
 * @param loss probability that a message vanishes
 * @param duplication probability that a message arrives twice
 * @param reordering probability that a message is held back for up to {@code reorderMaxMillis} more
 */
public record SimLink(
        long delayMinMicros,
        long delayMaxMicros,
        double loss,
        double duplication,
        double reordering,
        long reorderMaxMillis) {
    public SimLink {
        Check.that(delayMinMicros > 0 && delayMinMicros <= delayMaxMicros, "a delay has a range above zero");
        for (double probability : new double[] {loss, duplication, reordering}) {
            Check.that(probability >= 0 && probability <= 1, "a probability lies between 0 and 1", probability);
        }
    }

    /** A quiet local network: 0.1 to 0.5 ms, nothing lost. */
    public static SimLink lan() {
        return new SimLink(100, 500, 0, 0, 0, 0);
    }

    /** The same link that loses so many messages. */
    public SimLink losing(double probability) {
        return new SimLink(delayMinMicros, delayMaxMicros, probability, duplication, reordering, reorderMaxMillis);
    }

    /** The same link with ways of this length. */
    public SimLink delaying(long minMicros, long maxMicros) {
        return new SimLink(minMicros, maxMicros, loss, duplication, reordering, reorderMaxMillis);
    }

    /** The same link that doubles so many messages. */
    public SimLink duplicating(double probability) {
        return new SimLink(delayMinMicros, delayMaxMicros, loss, probability, reordering, reorderMaxMillis);
    }

    /** The same link that holds so many messages back, each for up to {@code maxMillis}. */
    public SimLink reordering(double probability, long maxMillis) {
        return new SimLink(delayMinMicros, delayMaxMicros, loss, duplication, probability, maxMillis);
    }
}
