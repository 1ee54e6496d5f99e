package dev.kvs.peer.session;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Randomness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;

/**
 * The first message of a session.
 *
 * @param encoded all of it as sent; the welcome signs it
 */
record Hello(String clusterId, NodeId node, byte[] nonce, byte[] mac, byte[] encoded) {
    static final int NONCE_BYTES = 32;

    private static final byte[] NOTHING = {};

    /** Version, two texts with their lengths, a nonce and a mac. */
    static final int BYTES_MAX = 1 + 1 + NodeCredentials.CLUSTER_ID_MAX + 1 + 64 + NONCE_BYTES + Signer.BYTES;

    static Hello of(NodeCredentials credentials, Randomness randomness, Signer signer, SecretKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        randomness.fillSecret(nonce);
        byte[] cluster = credentials.clusterId().getBytes(StandardCharsets.US_ASCII);
        byte[] node = credentials.node().value().getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = new byte[3 + cluster.length + node.length + NONCE_BYTES + Signer.BYTES];
        ByteBuffer message = ByteBuffer.wrap(encoded);
        message.put((byte) HandshakeReader.VERSION);
        message.put((byte) cluster.length).put(cluster);
        message.put((byte) node.length).put(node);
        message.put(nonce);
        byte[] mac = signer.sign(key, message, NOTHING);
        message.put(mac);
        return new Hello(credentials.clusterId(), credentials.node(), nonce, mac, encoded);
    }

    static Hello decode(byte[] bytes) {
        HandshakeReader message = new HandshakeReader(bytes);
        Hello hello = new Hello(
                message.clusterId(), message.node(), message.bytes(NONCE_BYTES), message.bytes(Signer.BYTES), bytes);
        message.end();
        return hello;
    }

    boolean isSignedWith(Signer signer, SecretKey key) {
        ByteBuffer signed = ByteBuffer.wrap(encoded).position(encoded.length - Signer.BYTES);
        return signer.verify(key, signed, NOTHING, mac);
    }
}
