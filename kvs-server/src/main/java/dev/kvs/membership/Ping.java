package dev.kvs.membership;

/** One probe under way: asked directly first, then through others. */
final class Ping {
    private final long ticket;
    private final Peer peer;
    private final Member target;
    private boolean failed;
    private boolean indirect;
    private int helpers;
    private int nacks;

    Ping(long ticket, Peer peer) {
        this.ticket = ticket;
        this.peer = peer;
        this.target = peer.member();
    }

    long ticket() {
        return ticket;
    }

    Peer peer() {
        return peer;
    }

    /** What was believed of it when the probe began. */
    Member target() {
        return target;
    }

    boolean isIndirect() {
        return indirect;
    }

    /** The direct way has failed for good. */
    void directFailed() {
        failed = true;
    }

    void askedHelpers(int count) {
        indirect = true;
        helpers = count;
    }

    /** A helper has not reached it either. */
    void nack() {
        nacks++;
    }

    /** Whether nobody is left who could still reach it. */
    boolean isHopeless() {
        return failed && indirect && nacks >= helpers;
    }

    /** Helpers that have not even said that they did not reach it: the fault may be on this side. */
    boolean helpersWereSilent() {
        return nacks < helpers || helpers == 0;
    }
}
