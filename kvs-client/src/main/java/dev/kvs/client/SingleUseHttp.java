package dev.kvs.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The first calls of a short life, each over a connection of its own: plain HTTP/1.1 (RFC 9112), a small body or none, an
 * answer that is read whole. Loading the JDK's client takes a new process longer than asking a node does, so a command that asks
 * once or twice does without; whoever goes on asking gets the client, which keeps its connections.
 */
final class SingleUseHttp implements AutoCloseable {
    /** As many as a command with its token's refusal and a few pages makes; to a distant node more would cost more than they save. */
    private static final int CALLS_MAX = 8;

    /** Fits into a connection's buffers: the request has left, whatever the other side thinks of it, before the answer is read. */
    private static final int BODY_BYTES_MAX = 16 << 10;

    private static final int PORT = 80;

    private final Duration connectTimeout;
    private final int answerBytesMax;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SingleUseHttp(Duration connectTimeout, int answerBytesMax) {
        this.connectTimeout = connectTimeout;
        this.answerBytesMax = answerBytesMax;
    }

    /** Whether this is one of the first calls, and one that can go this way. */
    boolean takes(Outgoing request) {
        boolean small = request.body() == null || request.body().length <= BODY_BYTES_MAX;
        return small
                && "http".equalsIgnoreCase(request.uri().getScheme())
                && calls.getAndIncrement() < CALLS_MAX
                && isDirect(request.uri());
    }

    private static boolean isDirect(URI uri) {
        ProxySelector proxies = ProxySelector.getDefault();
        return proxies == null || proxies.select(uri).stream().allMatch(Proxy.NO_PROXY::equals);
    }

    /** Sends a request; cancelling what is returned closes the connection. Throws {@link IllegalArgumentException} for a header that is none. */
    Future<Incoming> send(Outgoing request) {
        byte[] message = message(request);
        FutureTask<Incoming> answer = new FutureTask<>(() -> exchange(request, message));
        // No virtual one: what moves those waits outside of Java, and a process that ends waits 0.3 s for that.
        Thread.ofPlatform().daemon().name("kvs-client").start(answer);
        return answer;
    }

    private Incoming exchange(Outgoing request, byte[] message) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            open.add(channel);
            try {
                connect(channel, request.uri());
                channel.socket().getOutputStream().write(message);
                return new AnswerReader(channel.socket().getInputStream(), answerBytesMax).read(request.method());
            } finally {
                open.remove(channel);
            }
        }
    }

    private void connect(SocketChannel channel, URI uri) throws IOException {
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort());
        try {
            if (closed) {
                throw new IOException("the client is closed");
            }
            if (address.isUnresolved()) {
                throw new UnknownHostException(uri.getHost());
            }
            channel.socket().connect(address, Math.toIntExact(connectTimeout.toMillis()));
        } catch (SocketTimeoutException slow) {
            throw new HttpConnectTimeoutException("no connection in time");
        } catch (ConnectException refused) {
            throw refused;
        } catch (IOException failed) {
            throw (ConnectException) new ConnectException().initCause(failed);
        }
    }

    private static byte[] message(Outgoing request) {
        URI uri = request.uri();
        StringBuilder head = new StringBuilder(request.method()).append(' ').append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority()).append("\r\nConnection: close\r\n");
        request.headers().forEach((name, value) -> append(head, name, value));
        byte[] body = request.body() == null ? new byte[0] : request.body();
        if (request.body() != null) {
            append(head, "Content-Length", Integer.toString(body.length));
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream(head.length() + 2 + body.length);
        message.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(body);
        return message.toByteArray();
    }

    /** A line break in a value would begin a header of somebody else's making. */
    private static void append(StringBuilder head, String name, String value) {
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c > 0xff)) {
            throw new IllegalArgumentException(
                    "the header " + name + " cannot be sent: it has a control character or one beyond Latin-1");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        closed = true;
        open.forEach(SingleUseHttp::breakOff);
    }

    private static void breakOff(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Nobody waits for it any more.
            return;
        }
    }
}
