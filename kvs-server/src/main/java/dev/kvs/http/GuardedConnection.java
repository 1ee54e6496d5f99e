package dev.kvs.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http2.Http2Connection;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from before its first byte to after its last: agrees on TLS if the door speaks it and waits for the first
 * bytes, both under a deadline, hands over to HTTP/2 (the connection preface) or HTTP/1.1 (anything else). After a refusal that left input unread it lingers, so that a
 * client which is still sending can read the refusal instead of a reset connection; otherwise it closes at once.
 */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnection.class);
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** No HTTP/1.1 method begins with these bytes of the preface. */
    private static final int TELLING_BYTES = 4;

    /** Long enough for a refusal to reach the client, short enough that closing stays cheap. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** As much as is thrown away while lingering; whoever sends more sees a reset. */
    private static final long LINGER_BYTES = 32L << 20;

    private final @Nullable TlsHandshake handshake;
    private final ServerConnectionSelector http1;
    private final ServerConnectionSelector http2;
    private final Deadlines deadlines;
    private final UnreadInput unreadInput;
    private final OpenStreams streams;
    private final Duration idleTimeout;
    private final Duration handshakeTimeout;
    private final Duration patience;
    /** The connection as it came, and with TLS the one inside it after the handshake. Only its own thread looks. */
    private ConnectionContext context;

    private volatile @Nullable ServerConnection inner;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    GuardedConnection(
            ConnectionContext context,
            @Nullable TlsHandshake handshake,
            ServerConnectionSelector http1,
            ServerConnectionSelector http2,
            Deadlines deadlines,
            UnreadInput unreadInput,
            OpenStreams streams,
            DoorSettings settings) {
        this.context = context;
        this.handshake = handshake;
        this.http1 = http1;
        this.http2 = http2;
        this.deadlines = deadlines;
        this.unreadInput = unreadInput;
        this.streams = streams;
        this.idleTimeout = settings.idleTimeout();
        this.handshakeTimeout = settings.requestTimeout();
        this.patience = settings.idleTimeout().plus(settings.requestTimeout().multipliedBy(2));
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        thread = Thread.currentThread();
        if (handshake != null && !isAgreed(handshake)) {
            linger();
            return;
        }
        ServerConnection identified = identify();
        if (identified == null) {
            return;
        }
        inner = identified;
        if (closed) {
            return;
        }
        boolean cutOff = true;
        try {
            identified.handle(limit);
            cutOff = false;
        } catch (AnsweredAndClosedException done) {
            cutOff = false;
        } finally {
            deadlines.disarm();
            sayGoodbye();
            if (unreadInput.take() || cutOff) {
                linger();
            }
        }
    }

    /** Lingering afterwards, a client that has sent more than was read can still read why it was refused. */
    private boolean isAgreed(TlsHandshake tls) {
        deadlines.arm(handshakeTimeout);
        try {
            context = tls.on(context);
            return true;
        } catch (IOException | UncheckedIOException refused) {
            LOG.debug("A client did not come in over TLS: {}", refused.getMessage());
            return false;
        } finally {
            deadlines.disarm();
        }
    }

    private void sayGoodbye() {
        if (context instanceof SecureConnection secure) {
            deadlines.arm(LINGER);
            try {
                secure.sayGoodbye();
            } catch (IOException gone) {
                LOG.trace("A client left without a word: {}", gone.getMessage());
            } finally {
                deadlines.disarm();
            }
        }
    }

    private @Nullable ServerConnection identify() {
        DataReader reader = context.dataReader();
        deadlines.arm(idleTimeout);
        try {
            while (reader.available() < TELLING_BYTES) {
                reader.pullData();
            }
            byte[] start = new byte[TELLING_BYTES];
            reader.getBuffer(TELLING_BYTES).read(start);
            return isPreface(start) ? http2.connection(context) : http1.connection(context);
        } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException gone) {
            return null;
        } finally {
            deadlines.disarm();
        }
    }

    private static boolean isPreface(byte[] start) {
        for (int i = 0; i < TELLING_BYTES; i++) {
            if (start[i] != PREFACE[i]) {
                return false;
            }
        }
        return true;
    }

    private void linger() {
        deadlines.arm(LINGER);
        try {
            long dropped = 0;
            int available;
            while (dropped < LINGER_BYTES && (available = nextBytes()) > 0) {
                context.dataReader().skip(available);
                dropped += available;
            }
        } finally {
            deadlines.disarm();
        }
    }

    /** How many bytes have arrived; waits for the first. 0 when the client has closed or its time is up. */
    private int nextBytes() {
        DataReader reader = context.dataReader();
        try {
            reader.ensureAvailable();
            return reader.available();
        } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException end) {
            return 0;
        }
    }

    @Override
    public boolean canInterrupt() {
        ServerConnection handling = inner;
        return handling == null || (handling instanceof InterruptableTask<?> task && task.canInterrupt());
    }

    /** Zero while an HTTP/2 stream is open: the server counts from the last headers, and would end a long upload. */
    @Override
    public Duration idleTime() {
        ServerConnection handling = inner;
        if (handling == null || streams.isOn(context.childSocketId())) {
            return Duration.ZERO;
        }
        Duration idle = handling.idleTime();
        boolean busy = handling instanceof Http2Connection streams && !streams.canInterrupt();
        return busy && idle.compareTo(patience) <= 0 ? Duration.ZERO : idle;
    }

    /**
     * Whether an HTTP/2 connection is kept alive only by streams whose client never ended them: the server waits for them,
     * though each has had the time for its body and its answer. What is interrupted is the reading of frames; requests run
     * on other threads. An HTTP/1.1 connection that answers a request does not let itself be interrupted.
     */
    private boolean isForsaken(ServerConnection handling) {
        return (canInterrupt() || handling instanceof Http2Connection)
                && handling.idleTime().compareTo(patience) > 0;
    }

    @Override
    public void close(boolean interrupt) {
        closed = true;
        ServerConnection handling = inner;
        Thread handler = thread;
        if (handling != null) {
            handling.close(interrupt || isForsaken(handling));
        } else if (handler != null) {
            handler.interrupt();
        }
    }
}
