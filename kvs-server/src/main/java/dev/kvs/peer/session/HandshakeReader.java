package dev.kvs.peer.session;

import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a hello or a welcome, of which nothing is known yet. Refuses with {@code invalid_request}. */
final class HandshakeReader {
    /** The first byte of both. A node that speaks another version is refused, not misunderstood. */
    static final int VERSION = 1;

    private final ByteBuffer message;

    HandshakeReader(byte[] bytes) {
        message = ByteBuffer.wrap(bytes);
        int version = message.hasRemaining() ? message.get() : -1;
        if (version != VERSION) {
            throw refused("it is of version " + version + ", and this node speaks version " + VERSION);
        }
    }

    String clusterId() {
        String text = text();
        if (!NodeCredentials.isClusterId(text)) {
            throw refused("its cluster id has characters that none has");
        }
        return text;
    }

    NodeId node() {
        String text = text();
        if (!NodeId.isValid(text)) {
            throw refused("its node name has characters that none has");
        }
        return new NodeId(text);
    }

    SessionId session() {
        need(SessionId.BYTES);
        return new SessionId(message.getLong(), message.getLong());
    }

    byte[] bytes(int length) {
        need(length);
        byte[] bytes = new byte[length];
        message.get(bytes);
        return bytes;
    }

    void end() {
        if (message.hasRemaining()) {
            throw refused("it has " + message.remaining() + " bytes too many");
        }
    }

    private String text() {
        need(1);
        int length = Byte.toUnsignedInt(message.get());
        // Whatever is not ASCII becomes a character that the check of the text refuses.
        return new String(bytes(length), StandardCharsets.US_ASCII);
    }

    private void need(int bytes) {
        if (message.remaining() < bytes) {
            throw refused("it ends after " + message.limit() + " bytes");
        }
    }

    private static KvsException refused(String reason) {
        return new KvsException(ErrorCode.INVALID_REQUEST, "The handshake is refused: " + reason + ".");
    }
}
