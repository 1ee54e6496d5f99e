package dev.kvs.membership;

import dev.kvs.model.NodeId;
import java.util.HashSet;
import java.util.Set;

/**
 * The time a member has to refute. It begins long and shrinks with every further node that independently finds the member
 * silent, logarithmically, because the first confirmations say most.
 *
 * <pre>deadline = start + max(min, max - (max - min) * log(confirmations + 1) / log(wanted + 1))</pre>
 *
 * <p>Source: Lifeguard, section IV-B.
 */
final class Suspicion {
    private final int wanted;
    private final long minMillis;
    private final long maxMillis;
    private final Set<NodeId> accusers = new HashSet<>();
    private boolean foundHere;
    private long start;

    /**
     * A suspicion that begins now.
     *
     * @param wanted confirmations after which the time is shortest; 0 makes it so from the beginning
     * @param accuser the first to have found the member silent
     */
    Suspicion(long nowMillis, int wanted, long minMillis, long maxMillis, NodeId accuser) {
        this.start = nowMillis;
        this.wanted = wanted;
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
        accusers.add(accuser);
    }

    /** Counts another accuser; false when that changes nothing: it is known already, or there are enough. */
    boolean confirm(NodeId accuser) {
        return accusers.size() <= wanted && accusers.add(accuser);
    }

    /** This node has looked for itself, and found the member silent too. */
    void foundHere() {
        foundHere = true;
    }

    boolean isFoundHere() {
        return foundHere;
    }

    long start() {
        return start;
    }

    /** When the member counts as failed. */
    long deadline() {
        if (wanted == 0) {
            return start + minMillis;
        }
        int confirmations = accusers.size() - 1;
        double share = Math.log(confirmations + 1.0) / Math.log(wanted + 1.0);
        return start + Math.max(minMillis, maxMillis - Math.round((maxMillis - minMillis) * share));
    }

    /** Gives time back in which this node was not there to hear a refutation. */
    void postpone(long millis) {
        start += millis;
    }
}
