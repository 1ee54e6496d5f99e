package dev.kvs.boot;

import dev.kvs.boot.config.NodeConfig;
import dev.kvs.console.Console;
import dev.kvs.console.ConsoleSettings;
import dev.kvs.console.web.Feed;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Response;
import dev.kvs.http.Site;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The console on the node's own listener. It is made by the first request for a page: most nodes are never asked for one, and
 * none shall start later for it. It asks the node like any other client, over the listener; over TLS it believes the very
 * certificate that the node shows, whatever name it is for, and members as the node does.
 */
final class MountedConsole implements Site, AutoCloseable {
    private final String nodeId;
    private final Optional<NodeTls> tls;
    private volatile String url = "";
    private @Nullable Console console;
    private boolean closed;

    private MountedConsole(String nodeId, Optional<NodeTls> tls) {
        this.nodeId = nodeId;
        this.tls = tls;
    }

    /** Empty when the configuration wants none. */
    static Optional<MountedConsole> of(NodeConfig config, Optional<NodeTls> tls) {
        return config.http().consoleEnabled()
                ? Optional.of(new MountedConsole(config.nodeId().value(), tls))
                : Optional.empty();
    }

    /** Tells where this machine reaches the listener. */
    void listening(String at) {
        url = at;
    }

    @Override
    public Reply answer(Visit visit) {
        byte[] body = visit.body();
        Response response = answer(visit, Objects.requireNonNullElse(body, new byte[0]), body == null);
        Feed feed = response.feed();
        return new Reply(
                response.status(), response.headers(), response.body(), feed == null ? null : new FeedNews(feed));
    }

    private Response answer(Visit visit, byte[] body, boolean tooLarge) {
        Console open = open();
        if (open == null) {
            return Response.empty(503);
        }
        return open.answer(Request.of(
                visit.method(),
                visit.path(),
                visit.query(),
                visit.headers(),
                body,
                visit.secure(),
                tooLarge,
                visit.pass()));
    }

    private synchronized @Nullable Console open() {
        if (console == null && !closed && !url.isEmpty()) {
            ConsoleSettings settings = new ConsoleSettings(
                    MOUNT,
                    nodeId,
                    url,
                    tls.map(NodeTls::believingItself).orElse(null),
                    tls.map(NodeTls::believingMembers).orElse(null));
            console = new Console(settings, InstantSource.system(), new SecureRandom());
        }
        return console;
    }

    private record FeedNews(Feed feed) implements News {
        @Override
        public byte @Nullable [] next() {
            return feed.next();
        }

        @Override
        public long pauseMillis() {
            return feed.pauseMillis();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (console != null) {
            console.close();
            console = null;
        }
    }
}
