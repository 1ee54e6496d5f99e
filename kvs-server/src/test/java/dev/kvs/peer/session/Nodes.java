package dev.kvs.peer.session;

import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.platform.Time;
import java.nio.charset.StandardCharsets;

/** Nodes that talk in a test, with a clock that stands still until it is told to go on. */
final class Nodes {
    static final String TARGET = "POST /internal/push";
    static final byte[] SECRET = bytes("0123456789abcdef0123456789abcdef");

    final SimScheduler world = new SimScheduler();
    final Time time = new SimTime(world);
    final SimRandomness randomness = new SimRandomness(1);

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static NodeCredentials credentials(String cluster, String node, byte[] secret) {
        return new NodeCredentials(cluster, new NodeId(node), secret);
    }

    static NodeCredentials credentials(String node) {
        return credentials("cluster-1", node, SECRET);
    }

    SessionOpener opener(NodeCredentials credentials) {
        return new SessionOpener(credentials, time, randomness);
    }

    AcceptedSessions accepting(NodeCredentials credentials) {
        return new AcceptedSessions(credentials, time, randomness);
    }

    CallerSession session(String caller, AcceptedSessions with) {
        SessionOpener.Opening hello = opener(credentials(caller)).begin();
        return hello.welcomed(with.welcome(hello.hello()));
    }

    /** The code of a refusal; "accepted" when there was none. */
    static String outcome(Runnable attempt) {
        try {
            attempt.run();
            return "accepted";
        } catch (KvsException refusal) {
            return refusal.code().status() + " " + refusal.code().code();
        }
    }
}
