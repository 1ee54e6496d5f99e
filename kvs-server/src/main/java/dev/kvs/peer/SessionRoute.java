package dev.kvs.peer;

import dev.kvs.peer.session.AcceptedSessions;
import dev.kvs.platform.PeerRoute;

/** Where sessions are opened. The one path that takes calls without a session. */
record SessionRoute(AcceptedSessions sessions) implements PeerRoute {
    static final String PATH = "/internal/session";

    private static final int OK = 200;

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int bodyBytesMax() {
        return AcceptedSessions.helloBytesMax();
    }

    /** A hello is its own proof. */
    @Override
    public void admit(String proof) {
        // Whoever says hello has nothing to show yet; the bound of the body is what a stranger can cost.
    }

    @Override
    public Answer answer(String proof, byte[] body) {
        return new Answer(OK, "", sessions.welcome(body));
    }
}
