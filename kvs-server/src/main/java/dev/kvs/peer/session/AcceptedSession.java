package dev.kvs.peer.session;

import dev.kvs.model.NodeId;

/** A session that another node has opened with this one. */
final class AcceptedSession {
    private final SessionId id;
    private final NodeId caller;
    private final SessionMac mac;
    private final long openedNanos;
    private final ReplayWindow counters = new ReplayWindow();

    AcceptedSession(SessionId id, NodeId caller, SessionMac mac, long openedNanos) {
        this.id = id;
        this.caller = caller;
        this.mac = mac;
        this.openedNanos = openedNanos;
    }

    SessionId id() {
        return id;
    }

    NodeId caller() {
        return caller;
    }

    SessionMac mac() {
        return mac;
    }

    ReplayWindow counters() {
        return counters;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - openedNanos;
    }
}
