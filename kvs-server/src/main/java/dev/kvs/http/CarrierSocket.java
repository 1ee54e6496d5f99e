package dev.kvs.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the server in the shape that the JDK's TLS asks for underneath itself: a connected socket. It has no
 * descriptor of its own; who closes the connection is the server, so closing this does nothing.
 */
final class CarrierSocket extends Socket {
    private static final byte[] NOTHING = {};

    private final ConnectionContext connection;
    private final HelidonSocket carrier;
    private final Input input = new Input();
    private final Output output = new Output();

    CarrierSocket(ConnectionContext connection) throws SocketException {
        super((java.net.@Nullable SocketImpl) null);
        this.connection = connection;
        this.carrier = connection.serverSocket();
    }

    /** The first byte that has come, which stays to be read; -1 when the client has closed instead. */
    int peek() throws IOException {
        return input.fill() ? Byte.toUnsignedInt(input.chunk[input.next]) : -1;
    }

    /** What the server has read, handed on in the pieces that TLS asks for. */
    private final class Input extends InputStream {
        private byte[] chunk = NOTHING;
        private int next;

        private boolean fill() throws IOException {
            if (next < chunk.length) {
                return true;
            }
            try {
                byte @Nullable [] more = carrier.get();
                chunk = more == null ? NOTHING : more;
                next = 0;
                return chunk.length > 0;
            } catch (UncheckedIOException failed) {
                throw failed.getCause();
            }
        }

        @Override
        public int read() throws IOException {
            return fill() ? Byte.toUnsignedInt(chunk[next++]) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - next);
            System.arraycopy(chunk, next, target, offset, count);
            next += count;
            return count;
        }
    }

    /** Writes through; the server's own writer has no queue. */
    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            try {
                carrier.write(BufferData.create(source, offset, length));
            } catch (UncheckedIOException failed) {
                throw failed.getCause();
            }
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return connection.remotePeer().address();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return connection.localPeer().address();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    /** Off: nothing here waits on a close. */
    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void shutdownInput() {
        // The server ends the connection, see close().
    }

    @Override
    public void shutdownOutput() {
        // The server ends the connection, see close().
    }

    @Override
    public void close() {
        // The server ends the connection when its handler returns.
    }
}
