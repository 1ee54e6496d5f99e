package dev.kvs.peer.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What calls and answers of one session are signed over, the same on both sides. */
final class SessionMac {
    private static final byte CALL = 'C';
    private static final byte ANSWER = 'A';

    private final Signer signer;
    private final KeySchedule.Keys keys;

    SessionMac(Signer signer, KeySchedule.Keys keys) {
        this.signer = signer;
        this.keys = keys;
    }

    /** Signs a call; {@code target} is its method and path. */
    byte[] ofCall(long counter, String target, byte[] body) {
        return signer.sign(keys.call(), callHead(counter, target), body);
    }

    boolean isOfCall(byte[] mac, long counter, String target, byte[] body) {
        return signer.verify(keys.call(), callHead(counter, target), body, mac);
    }

    /** Signs the answer to the call with this counter. */
    byte[] ofAnswer(long counter, String target, int status, byte[] body) {
        return signer.sign(keys.answer(), answerHead(counter, target, status), body);
    }

    boolean isOfAnswer(byte[] mac, long counter, String target, int status, byte[] body) {
        return signer.verify(keys.answer(), answerHead(counter, target, status), body, mac);
    }

    private static ByteBuffer callHead(long counter, String target) {
        byte[] name = target.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + Long.BYTES + Short.BYTES + name.length)
                .put(CALL)
                .putLong(counter)
                .putShort((short) name.length)
                .put(name);
    }

    private static ByteBuffer answerHead(long counter, String target, int status) {
        byte[] name = target.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + Long.BYTES + 2 * Short.BYTES + name.length)
                .put(ANSWER)
                .putLong(counter)
                .putShort((short) status)
                .putShort((short) name.length)
                .put(name);
    }
}
