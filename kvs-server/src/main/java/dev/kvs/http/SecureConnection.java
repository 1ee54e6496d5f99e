package dev.kvs.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection on which TLS is spoken, for the protocols above it: the plain one with other bytes and a known peer. */
final class SecureConnection implements ConnectionContext {
    private static final int READ_BYTES = 8 * 1024;

    /** The most that TLS puts into one record (RFC 8446, 5.1). */
    private static final int RECORD_BYTES = 16 * 1024;

    private final ConnectionContext plain;
    private final SSLSocket socket;
    private final PeerInfo remote;
    private final DataReader reader;
    private final DataWriter writer;
    private final byte[] readBuffer = new byte[READ_BYTES];

    /** Takes a socket after its handshake. */
    SecureConnection(ConnectionContext plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.remote = new SecurePeer(plain.remotePeer(), shown(socket.getSession()));
        InputStream in = socket.getInputStream();
        this.reader = DataReader.create(() -> read(in));
        this.writer = new RecordWriter(socket.getOutputStream());
    }

    private static Optional<Certificate[]> shown(SSLSession session) {
        try {
            return Optional.of(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    private byte @Nullable [] read(InputStream in) {
        try {
            int count = in.read(readBuffer);
            return count < 0 ? null : Arrays.copyOf(readBuffer, count);
        } catch (IOException e) {
            throw new ServerConnectionException("the client's TLS cannot be read", e);
        }
    }

    /** Tells the client that this was the end and not a cut (RFC 8446, 6.1). May wait for it to take what was sent before. */
    void sayGoodbye() throws IOException {
        socket.shutdownOutput();
    }

    /** Who is at the other end, looked up once: without a certificate every look costs an exception. */
    private record SecurePeer(PeerInfo plain, Optional<Certificate[]> tlsCertificates) implements PeerInfo {
        @Override
        public SocketAddress address() {
            return plain.address();
        }

        @Override
        public String host() {
            return plain.host();
        }

        @Override
        public int port() {
            return plain.port();
        }

        @Override
        public Optional<Principal> tlsPrincipal() {
            return tlsCertificates.map(
                    chain -> ((java.security.cert.X509Certificate) chain[0]).getSubjectX500Principal());
        }
    }

    /** Makes one record of what is written at once: the parts of an answer would each be encrypted and sent for themselves. */
    private record RecordWriter(OutputStream out) implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            writeNow(BufferData.create(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            writeNow(buffer);
        }

        @Override
        public void writeNow(BufferData... buffers) {
            writeNow(BufferData.create(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            try {
                int length = buffer.available();
                if (length > RECORD_BYTES) {
                    buffer.writeTo(out);
                } else {
                    byte[] whole = new byte[length];
                    buffer.read(whole);
                    out.write(whole);
                }
            } catch (IOException | UncheckedIOException e) {
                throw cut(e);
            }
        }

        /** In the form of a plain socket's failure, which the server takes for a client that has gone. */
        private static UncheckedIOException cut(Exception failed) {
            SocketException gone = new SocketException(String.valueOf(failed.getMessage()));
            gone.initCause(failed);
            return new UncheckedIOException(gone);
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public PeerInfo remotePeer() {
        return remote;
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public PeerInfo localPeer() {
        return plain.localPeer();
    }

    @Override
    public String socketId() {
        return plain.socketId();
    }

    @Override
    public String childSocketId() {
        return plain.childSocketId();
    }

    @Override
    public ListenerContext listenerContext() {
        return plain.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return plain.executor();
    }

    @Override
    public Router router() {
        return plain.router();
    }

    @Override
    public HelidonSocket serverSocket() {
        return plain.serverSocket();
    }
}
