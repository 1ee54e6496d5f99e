package dev.kvs.peer;

import dev.kvs.peer.session.NodeCredentials;
import dev.kvs.peer.session.SessionOpener;
import dev.kvs.platform.Check;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls other nodes over HTTP, in sessions. Each call is a virtual thread that waits: for its turn, for a session, for the
 * answer; all of it ends at the call's deadline.
 */
public final class HttpNetwork implements Network, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpNetwork.class);

    private final Time time;
    private final ExecutorService calls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("kvs-peer-", 0).factory());
    private final HttpCalls http;
    private final PeerLines lines;

    /**
     * Nothing is called yet.
     *
     * @param tls what this node shows and whom it believes; empty to call over plain HTTP
     */
    public HttpNetwork(NodeCredentials credentials, Optional<SSLContext> tls, Time time, Randomness randomness) {
        this.time = time;
        this.http = new HttpCalls(tls);
        SessionOpener opener = new SessionOpener(credentials, time, randomness);
        this.lines = new PeerLines(address -> new PeerLine(address, http, opener));
    }

    @Override
    public void call(String address, PeerPath path, byte[] body, long timeoutMillis, Consumer<Outcome> then) {
        Check.that(body.length <= path.maxBytes(), "a call's body is within its bound", path);
        Check.that(timeoutMillis > 0, "a call has a time", timeoutMillis);
        Deadline deadline = Deadline.in(timeoutMillis, time);
        try {
            calls.execute(() -> tell(then, outcome(address, path, body, deadline)));
        } catch (RejectedExecutionException _) {
            Thread.startVirtualThread(() -> tell(then, new Unreachable("this node is stopping")));
        }
    }

    private static void tell(Consumer<Outcome> then, Outcome outcome) {
        try {
            then.accept(outcome);
        } catch (RuntimeException | Error fault) {
            LOG.error("What was to follow a call to another node failed.", fault);
        }
    }

    /** Whatever happens, there is an outcome: who waits for it would wait for ever. */
    private Outcome outcome(String address, PeerPath path, byte[] body, Deadline deadline) {
        try {
            return PeerAddress.parse(address)
                    .map(parsed -> lines.to(parsed).call(path, body, deadline))
                    .orElseGet(() -> new Unreachable("an address is host:port, which this one is not"));
        } catch (RuntimeException | Error fault) {
            LOG.error("A call to {} failed on this node.", address, fault);
            return new Unreachable("the call failed on this node: " + fault);
        }
    }

    /** Breaks off what is under way; those who wait hear {@link Unreachable}. */
    @Override
    public void close() {
        http.close();
        calls.shutdownNow();
    }
}
