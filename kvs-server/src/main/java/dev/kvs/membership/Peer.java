package dev.kvs.membership;

import org.jspecify.annotations.Nullable;

/** A member on the list, with what only this node knows of it. Changed by {@link Roster} alone. */
final class Peer {
    private Member member;
    private Member said;
    private long since;
    private long heardAt;
    private long ackedAt;
    private @Nullable Suspicion suspicion;

    /** A member that has just proven that it is there. */
    Peer(Member member, long nowMillis) {
        this.member = member;
        this.said = member;
        this.since = nowMillis;
        this.heardAt = nowMillis;
        this.ackedAt = nowMillis;
    }

    /** What the cluster says of it. */
    Member member() {
        return member;
    }

    boolean isLive() {
        return member.state().isLive();
    }

    /** What it last said of itself; older than {@link #member} when it does not know yet what is said of it. */
    Member said() {
        return said;
    }

    /** When its present state began. */
    long since() {
        return since;
    }

    /** The last sign of life, its own or through others. */
    long heardAt() {
        return heardAt;
    }

    /** When it last answered at its address. */
    long ackedAt() {
        return ackedAt;
    }

    /** There exactly while it is suspected. */
    @Nullable
    Suspicion suspicion() {
        return suspicion;
    }

    void become(Member next, @Nullable Suspicion doubt, long nowMillis) {
        if (next.state() != member.state()) {
            since = nowMillis;
        }
        member = next;
        suspicion = doubt;
    }

    void heard(Member itself, long nowMillis) {
        said = itself;
        heardAt = nowMillis;
    }

    void heardOf(long nowMillis) {
        heardAt = nowMillis;
    }

    void acked(long nowMillis) {
        ackedAt = nowMillis;
        heardAt = nowMillis;
    }

    /** Gives back time in which this node could not have heard anything. */
    void postpone(long millis) {
        heardAt += millis;
        if (suspicion != null) {
            suspicion.postpone(millis);
        }
    }
}
