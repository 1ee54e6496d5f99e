package dev.kvs.peer.session;

import dev.kvs.model.KvsException;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;

/** Opens sessions as a caller. Safe for concurrent use. */
public final class SessionOpener {
    private final NodeCredentials credentials;
    private final Time time;
    private final Randomness randomness;
    private final Signer signer = new Signer();
    private final KeySchedule schedule;
    private final KeySchedule.Keys handshake;

    public SessionOpener(NodeCredentials credentials, Time time, Randomness randomness) {
        this.credentials = credentials;
        this.time = time;
        this.randomness = randomness;
        this.schedule = new KeySchedule(credentials);
        this.handshake = schedule.handshake();
    }

    /** Begins: gives a hello, which is good for one welcome. */
    public Opening begin() {
        return new Opening(Hello.of(credentials, randomness, signer, handshake.call()));
    }

    /** A session that waits for its welcome. */
    public final class Opening {
        private final Hello hello;

        private Opening(Hello hello) {
            this.hello = hello;
        }

        /** The bytes to send. */
        public byte[] hello() {
            return hello.encoded();
        }

        /** Takes the welcome; {@code invalid_request} or {@code bad_signature} when it is none. */
        public CallerSession welcomed(byte[] body) {
            Welcome welcome = Welcome.decode(body);
            if (!welcome.isSignedWith(signer, handshake.answer(), hello)) {
                throw new KvsException(
                        ErrorCode.BAD_SIGNATURE,
                        "What answered the handshake does not know this cluster's secret: give both nodes the same"
                                + " cluster_secret, or correct the address.");
            }
            return new CallerSession(welcome, new SessionMac(signer, schedule.session(hello, welcome)), time);
        }
    }
}
