package dev.kvs.peer.session;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Time;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** The calling side of an open session. Safe for concurrent use. */
public final class CallerSession {
    /** Half of what the other side allows: new keys now and then, and never a session that ends under a call. */
    private static final Duration LIFE = AcceptedSessions.OPEN_LIFE.dividedBy(2);

    private final Welcome welcome;
    private final SessionMac mac;
    private final Time time;
    private final long openedNanos;
    private final AtomicLong counter = new AtomicLong();

    CallerSession(Welcome welcome, SessionMac mac, Time time) {
        this.welcome = welcome;
        this.mac = mac;
        this.time = time;
        this.openedNanos = time.monotonicNanos();
    }

    /** Who is at the other end. */
    public NodeId answerer() {
        return welcome.node();
    }

    /** Whether a new session should take this one's place. */
    public boolean isOld() {
        return time.monotonicNanos() - openedNanos > LIFE.toNanos();
    }

    /** Signs a call, under the next counter. */
    public Call sign(String target, byte[] body) {
        long number = counter.incrementAndGet();
        CallProof proof = new CallProof(welcome.session(), number, mac.ofCall(number, target, body));
        return new Call(number, target, proof.header());
    }

    /** A signed call, and the check of its answer. */
    public final class Call {
        private final long number;
        private final String target;
        private final String proof;

        private Call(long number, String target, String proof) {
            this.number = number;
            this.target = target;
            this.proof = proof;
        }

        /** The header to send. */
        public String proof() {
            return proof;
        }

        /** Whether this is the other side's answer to this call; never throws, whatever the header holds. */
        public boolean isAnsweredBy(String answerProof, int status, byte[] body) {
            if (answerProof.length() != 2 * Signer.BYTES || !answerProof.chars().allMatch(HexFormat::isHexDigit)) {
                return false;
            }
            return mac.isOfAnswer(HexFormat.of().parseHex(answerProof), number, target, status, body);
        }
    }
}
