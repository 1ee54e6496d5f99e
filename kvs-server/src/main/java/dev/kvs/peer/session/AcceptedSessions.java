package dev.kvs.peer.session;

import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The answering side: welcomes callers, and tells their calls from everything else. Safe for concurrent use; the lock is held
 * for microseconds, never while a signature is computed.
 *
 * <p>A session is <em>opening</em> until its first call proves that the caller knows the secret now, not only when the hello
 * was made. Opening sessions and open ones are counted apart, so that no flood of hellos can push out what is in use.
 */
public final class AcceptedSessions {
    /** More than nodes of a cluster in gossip mode will ever be; some 6 MB when all are in use. */
    static final int OPEN_MAX = 4096;

    static final int OPENING_MAX = 1024;

    /** A node that restarts leaves its session behind; one that does so all the time leaves no more than this. */
    static final int CALLER_MAX = 8;

    /** Longer than callers use theirs, so that they, who know it, end them. */
    static final Duration OPEN_LIFE = Duration.ofHours(1);

    /** The first call follows the welcome at once. */
    static final Duration OPENING_LIFE = Duration.ofSeconds(10);

    private final NodeCredentials credentials;
    private final Time time;
    private final Randomness randomness;
    private final Signer signer = new Signer();
    private final KeySchedule schedule;
    private final KeySchedule.Keys handshake;
    private final Object lock = new Object();
    private final BoundedSessions opening = new BoundedSessions(OPENING_MAX, CALLER_MAX, OPENING_LIFE.toNanos());
    private final BoundedSessions open = new BoundedSessions(OPEN_MAX, CALLER_MAX, OPEN_LIFE.toNanos());

    public AcceptedSessions(NodeCredentials credentials, Time time, Randomness randomness) {
        this.credentials = credentials;
        this.time = time;
        this.randomness = randomness;
        this.schedule = new KeySchedule(credentials);
        this.handshake = schedule.handshake();
    }

    /** Longest hello, in bytes. */
    public static int helloBytesMax() {
        return Hello.BYTES_MAX;
    }

    /** Answers a hello with a welcome; {@code invalid_request}, {@code wrong_cluster}, {@code bad_signature}. */
    public byte[] welcome(byte[] body) {
        Hello hello = Hello.decode(body);
        if (!hello.clusterId().equals(credentials.clusterId())) {
            throw new KvsException(
                    ErrorCode.WRONG_CLUSTER,
                    "This node is not of the cluster '" + hello.clusterId()
                            + "': give both nodes the same cluster_secret, or take this one out of the seeds.");
        }
        if (!hello.isSignedWith(signer, handshake.call())) {
            throw new KvsException(
                    ErrorCode.BAD_SIGNATURE,
                    "The handshake is not signed with this cluster's secret: give both nodes the same cluster_secret.");
        }
        Welcome welcome = Welcome.to(hello, credentials.node(), randomness, signer, handshake.answer());
        SessionMac mac = new SessionMac(signer, schedule.session(hello, welcome));
        AcceptedSession session = new AcceptedSession(welcome.session(), hello.node(), mac, time.monotonicNanos());
        synchronized (lock) {
            opening.add(session);
        }
        return welcome.encoded();
    }

    /**
     * Refuses what cannot be a call of a session, by its header alone: {@code bad_signature}, {@code unknown_session}, {@code
     * replayed}. Proves nothing yet, and takes note of nothing.
     */
    public void admit(String proof) {
        CallProof claimed = parse(proof);
        if (!find(claimed).counters().isNew(claimed.counter())) {
            throw replayed();
        }
    }

    /**
     * Accepts a call, once.
     *
     * @param target its method and path
     * @return the call, proven; else {@code bad_signature}, {@code unknown_session}, {@code replayed}
     */
    public Call accept(String proof, String target, byte[] body) {
        CallProof claimed = parse(proof);
        AcceptedSession session = find(claimed);
        if (!session.mac().isOfCall(claimed.mac(), claimed.counter(), target, body)) {
            throw badSignature();
        }
        if (!session.counters().accept(claimed.counter())) {
            throw replayed();
        }
        opened(session);
        return new Call(session, claimed.counter(), target);
    }

    /** A call whose caller is proven. */
    public static final class Call {
        private final AcceptedSession session;
        private final long counter;
        private final String target;

        private Call(AcceptedSession session, long counter, String target) {
            this.session = session;
            this.counter = counter;
            this.target = target;
        }

        /** Who calls. */
        public NodeId caller() {
            return session.caller();
        }

        /** The header that proves an answer to this call. */
        public String prove(int status, byte[] answer) {
            return HexFormat.of().formatHex(session.mac().ofAnswer(counter, target, status, answer));
        }
    }

    private static CallProof parse(String proof) {
        return CallProof.parse(proof).orElseThrow(AcceptedSessions::badSignature);
    }

    private AcceptedSession find(CallProof proof) {
        long now = time.monotonicNanos();
        @Nullable AcceptedSession session;
        synchronized (lock) {
            session = open.find(proof.session(), now);
            if (session == null) {
                session = opening.find(proof.session(), now);
            }
        }
        if (session == null) {
            throw new KvsException(
                    ErrorCode.UNKNOWN_SESSION, "The session is over, or was never opened here: open a new one.");
        }
        return session;
    }

    /** Moves a session to the open ones at its first call. */
    private void opened(AcceptedSession session) {
        synchronized (lock) {
            if (opening.find(session.id(), time.monotonicNanos()) != null) {
                opening.remove(session.id());
                open.add(session);
            }
        }
    }

    /** How many sessions are held, opening ones included. */
    public int size() {
        synchronized (lock) {
            return opening.size() + open.size();
        }
    }

    private static KvsException badSignature() {
        return new KvsException(
                ErrorCode.BAD_SIGNATURE,
                "The call is not signed in a session with this node: only nodes of the cluster may call here.");
    }

    private static KvsException replayed() {
        return new KvsException(
                ErrorCode.REPLAYED, "A call with this counter was taken before, or is too far behind: make a new one.");
    }
}
