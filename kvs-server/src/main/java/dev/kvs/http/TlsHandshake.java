package dev.kvs.http;

import dev.kvs.platform.Seldom;
import dev.kvs.platform.Time;
import dev.kvs.tls.TlsFailure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agrees on TLS with a client, on the thread of its connection and under its deadline. The server's own TLS would do so before
 * anybody is asked: without any limit in time, and, in Helidon 4.4.0, without giving back the connection's place when it fails,
 * so that ten thousand broken handshakes would have closed the door for good (decision 0015). Safe for concurrent use.
 */
final class TlsHandshake {
    private static final Logger LOG = LoggerFactory.getLogger(TlsHandshake.class);

    /** How every conversation in TLS begins: with a record of this type (RFC 8446, 5.1). */
    private static final int HANDSHAKE_RECORD = 22;

    /** Said here, so that no setting of the machine brings older ones back. */
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private static final String[] PROTOCOLS = {"h2", "http/1.1"};
    private static final ErrorCode PLAIN = ErrorCode.INVALID_REQUEST;
    private static final Duration LOG_EVERY = Duration.ofMinutes(1);

    private final DoorTls tls;
    private final Guards.Refusals refusals;
    private final Seldom logged;
    private final LongAdder failed = new LongAdder();

    /**
     * Nobody has come yet.
     *
     * @param refusals told of certificates that were shown and not believed
     */
    TlsHandshake(DoorTls tls, Guards.Refusals refusals, Time time) {
        this.tls = tls;
        this.refusals = refusals;
        this.logged = new Seldom(LOG_EVERY, time);
    }

    /** How many connections came to nothing here. */
    long failed() {
        return failed.sum();
    }

    /**
     * Blocks for as long as the client takes; the caller sets the limit.
     *
     * @throws IOException when there is no agreement; the client has been told why, as far as TLS tells
     */
    SecureConnection on(ConnectionContext plain) throws IOException {
        boolean agreed = false;
        try {
            SecureConnection secure = agree(plain);
            agreed = true;
            return secure;
        } catch (SSLException refused) {
            tell(plain.remotePeer().host(), refused);
            throw refused;
        } finally {
            if (!agreed) {
                failed.increment();
            }
        }
    }

    private SecureConnection agree(ConnectionContext plain) throws IOException {
        CarrierSocket carrier = new CarrierSocket(plain);
        refusePlainHttp(plain, carrier.peek());
        SSLSocket socket = (SSLSocket) tls.context().getSocketFactory().createSocket(carrier, null, false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setApplicationProtocols(PROTOCOLS);
        parameters.setWantClientAuth(tls.nodesShowCertificates());
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new SecureConnection(plain, socket);
    }

    /** Whoever types http for https gets an answer he can read: no method of HTTP begins like TLS. */
    private static void refusePlainHttp(ConnectionContext plain, int first) throws SSLException {
        if (first == HANDSHAKE_RECORD) {
            return;
        }
        if (first >= 'A' && first <= 'Z') {
            byte[] body = Problems.body(PLAIN, "This port speaks TLS: write https:// instead of http://.", "");
            String head = "HTTP/1.1 " + PLAIN.status() + " Bad Request\r\nContent-Type: " + Problem.MEDIA_TYPE
                    + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
            plain.dataWriter()
                    .writeNow(BufferData.create(head.getBytes(StandardCharsets.US_ASCII)), BufferData.create(body));
        }
        throw new SSLException(first < 0 ? "the client has left" : "the client does not speak TLS");
    }

    /** Of all that fails here only this is a matter of trust; the rest are port scanners and mistyped addresses. */
    private void tell(String address, SSLException failure) {
        TlsFailure.refusedCertificate(failure, "tls_client_ca_file").ifPresent(why -> {
            refusals.refused("anonymous", address, "TLS", ErrorCode.FORBIDDEN);
            if (logged.isDue(address)) {
                LOG.warn("{} was refused: {}", address, why);
            }
        });
    }
}
