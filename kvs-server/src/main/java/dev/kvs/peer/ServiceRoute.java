package dev.kvs.peer;

import dev.kvs.model.KvsException;
import dev.kvs.peer.session.AcceptedSessions;
import dev.kvs.platform.Check;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.PeerRoute;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Problem;
import dev.kvs.wire.WireJson;
import org.jspecify.annotations.Nullable;

/** Answers proven calls of one path, and proves what it answers, refusals by the service included. */
final class ServiceRoute implements PeerRoute {
    private static final int OK = 200;

    private final PeerPath path;
    private final Network.@Nullable Service service;
    private final AcceptedSessions sessions;

    ServiceRoute(PeerPath path, Network.@Nullable Service service, AcceptedSessions sessions) {
        this.path = path;
        this.service = service;
        this.sessions = sessions;
    }

    /** What is signed as the place of a call: the method and the path. */
    static String target(PeerPath path) {
        return "POST " + path.path();
    }

    @Override
    public String path() {
        return path.path();
    }

    @Override
    public int bodyBytesMax() {
        return path.maxBytes();
    }

    @Override
    public void admit(String proof) {
        sessions.admit(proof);
    }

    @Override
    public Answer answer(String proof, byte[] body) {
        AcceptedSessions.Call call = sessions.accept(proof, target(path), body);
        try {
            return proven(call, OK, serve(call.caller().value(), body));
        } catch (KvsException refusal) {
            ErrorCode code = refusal.code();
            return proven(call, code.status(), WireJson.write(Problem.of(code, refusal.detail(), "")));
        }
    }

    private byte[] serve(String caller, byte[] body) {
        if (service == null) {
            throw new KvsException(ErrorCode.UNKNOWN_PATH, "This node does not serve " + path.path() + ".");
        }
        byte[] answer = service.answer(caller, body);
        Check.that(answer.length <= Network.ANSWER_BYTES_MAX, "an answer is within its bound", path.path());
        return answer;
    }

    private static Answer proven(AcceptedSessions.Call call, int status, byte[] body) {
        return new Answer(status, call.prove(status, body), body);
    }
}
