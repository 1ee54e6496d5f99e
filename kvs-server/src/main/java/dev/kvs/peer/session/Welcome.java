package dev.kvs.peer.session;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Randomness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;

/** The second message of a session: the answer to a {@link Hello}, and proof of knowing the secret now. */
record Welcome(NodeId node, SessionId session, byte[] nonce, byte[] mac, byte[] encoded) {
    static Welcome to(Hello hello, NodeId node, Randomness randomness, Signer signer, SecretKey key) {
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        randomness.fillSecret(nonce);
        SessionId session = SessionId.random(randomness);
        byte[] name = node.value().getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = new byte[2 + name.length + SessionId.BYTES + Hello.NONCE_BYTES + Signer.BYTES];
        ByteBuffer message = ByteBuffer.wrap(encoded);
        message.put((byte) HandshakeReader.VERSION);
        message.put((byte) name.length).put(name);
        message.putLong(session.high()).putLong(session.low());
        message.put(nonce);
        byte[] mac = signer.sign(key, message, hello.encoded());
        message.put(mac);
        return new Welcome(node, session, nonce, mac, encoded);
    }

    static Welcome decode(byte[] bytes) {
        HandshakeReader message = new HandshakeReader(bytes);
        Welcome welcome = new Welcome(
                message.node(),
                message.session(),
                message.bytes(Hello.NONCE_BYTES),
                message.bytes(Signer.BYTES),
                bytes);
        message.end();
        return welcome;
    }

    boolean isSignedWith(Signer signer, SecretKey key, Hello answered) {
        ByteBuffer signed = ByteBuffer.wrap(encoded).position(encoded.length - Signer.BYTES);
        return signer.verify(key, signed, answered.encoded(), mac);
    }
}
