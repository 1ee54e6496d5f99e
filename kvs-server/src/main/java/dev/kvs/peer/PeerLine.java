package dev.kvs.peer;

import dev.kvs.model.KvsException;
import dev.kvs.peer.session.CallerSession;
import dev.kvs.peer.session.SessionOpener;
import dev.kvs.platform.Network;
import dev.kvs.platform.Network.Answered;
import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.Network.Refused;
import dev.kvs.platform.Network.Unreachable;
import dev.kvs.platform.PeerPath;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All that goes from this node to one other: its session, and how much may be under way. Safe for concurrent use. */
final class PeerLine {
    /**
     * Calls under way at a time, and so connections. A few streams and probes; each may hold a body of several mebibytes on
     * both sides.
     */
    static final int UNDER_WAY_MAX = 16;

    /** Calls that wait for their turn. More would be late when it comes. */
    static final int WAITING_MAX = 64;

    /** Longest answer to a hello: a welcome has 180 bytes at most, a refusal some words more. Nobody is proven yet. */
    private static final int HANDSHAKE_ANSWER_MAX = 4096;

    private final PeerAddress address;
    private final HttpCalls http;
    private final SessionOpener opener;
    private final Semaphore taken = new Semaphore(UNDER_WAY_MAX + WAITING_MAX);
    /** Fair, so that none waits for ever while others pass. */
    private final Semaphore underWay = new Semaphore(UNDER_WAY_MAX, true);

    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable CallerSession session;

    PeerLine(PeerAddress address, HttpCalls http, SessionOpener opener) {
        this.address = address;
        this.http = http;
        this.opener = opener;
    }

    /** Makes one call and waits for what becomes of it, at most until the deadline. */
    Outcome call(PeerPath path, byte[] body, Deadline deadline) {
        if (!taken.tryAcquire()) {
            return new Unreachable(address + " has " + WAITING_MAX + " calls waiting already");
        }
        try {
            return inTurn(path, body, deadline);
        } catch (NoAnswerException none) {
            return new Unreachable(none.explanation());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Unreachable("the call to " + address + " was broken off: this node is stopping");
        } finally {
            taken.release();
        }
    }

    private Outcome inTurn(PeerPath path, byte[] body, Deadline deadline)
            throws NoAnswerException, InterruptedException {
        if (!underWay.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new NoAnswerException(address + " had other calls to answer until it was too late for this one");
        }
        try {
            return call(path, body, session(null, deadline), true, deadline);
        } finally {
            underWay.release();
        }
    }

    /**
     * A node that has restarted knows nothing of the session: then a new one is opened and the call repeated, once. It has not
     * been answered, and if the message was a lie and it has had effect, it has effect twice, as calls may.
     */
    private Outcome call(PeerPath path, byte[] body, CallerSession current, boolean mayReopen, Deadline deadline)
            throws NoAnswerException, InterruptedException {
        CallerSession.Call call = current.sign(ServiceRoute.target(path), body);
        RawAnswer answer = http.post(address, path.path(), call.proof(), body, Network.ANSWER_BYTES_MAX, deadline);
        if (call.isAnsweredBy(answer.proof(), answer.status(), answer.body())) {
            return proven(answer);
        }
        if (mayReopen && answer.saysUnknownSession()) {
            return call(path, body, session(current, deadline), false, deadline);
        }
        throw unproven(answer);
    }

    private Outcome proven(RawAnswer answer) throws NoAnswerException {
        if (answer.status() == RawAnswer.OK) {
            return new Answered(answer.body());
        }
        return answer.problem()
                .map(problem -> new Refused(problem.code(), problem.detail()))
                .orElseThrow(() -> new NoAnswerException(
                        address + " refused with status " + answer.status() + " and does not say why"));
    }

    private NoAnswerException unproven(RawAnswer answer) {
        return new NoAnswerException(
                address + " did not prove that it is a node of this cluster: it " + answer.explanation());
    }

    /** The session to use: not an old one, and not the one given, which the other side has lost. */
    private CallerSession session(@Nullable CallerSession lost, Deadline deadline)
            throws NoAnswerException, InterruptedException {
        CallerSession current = session;
        if (current != null && current != lost && !current.isOld()) {
            return current;
        }
        if (!opening.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new NoAnswerException(address + " did not open a session in time");
        }
        try {
            current = session;
            if (current == null || current == lost || current.isOld()) {
                current = open(deadline);
                session = current;
            }
            return current;
        } finally {
            opening.unlock();
        }
    }

    private CallerSession open(Deadline deadline) throws NoAnswerException {
        SessionOpener.Opening hello = opener.begin();
        RawAnswer answer = http.post(address, SessionRoute.PATH, "", hello.hello(), HANDSHAKE_ANSWER_MAX, deadline);
        if (answer.status() != RawAnswer.OK) {
            throw new NoAnswerException(address + " opened no session: it " + answer.explanation());
        }
        try {
            return hello.welcomed(answer.body());
        } catch (KvsException refused) {
            throw new NoAnswerException(address + " opened no session: " + refused.detail());
        }
    }
}
