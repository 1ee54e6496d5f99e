package dev.kvs.client;

import dev.kvs.tls.WithoutTls;
import dev.kvs.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole answer, over the JDK's client or, for the first calls of a short life, {@link SingleUseHttp}.
 * HTTP/1.1, because the upgrade to h2c would send every first request with headers that proxies stumble over. Redirects are not
 * followed: they would carry the token elsewhere.
 */
final class Exchange implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;

    /** Longer than any import; nanoseconds still hold it. */
    private static final Duration UNLIMITED = Duration.ofDays(365);

    private final ClientSettings settings;
    private final @Nullable SingleUseHttp first;
    private @Nullable HttpClient http;
    private boolean closed;
    private volatile @Nullable String localToken;

    Exchange(ClientSettings settings) {
        this.settings = settings;
        this.first =
                settings.shortLived() ? new SingleUseHttp(settings.connectTimeout(), settings.answerBytesMax()) : null;
    }

    /** The JDK's client, made when it is first needed. */
    private synchronized HttpClient http() {
        if (http == null) {
            http = client();
            if (closed) {
                http.shutdownNow();
            }
        }
        return http;
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        } else if (settings.servers().stream().noneMatch(server -> "https".equalsIgnoreCase(server.getScheme()))) {
            builder.sslContext(WithoutTls.context());
        }
        return builder.build();
    }

    /**
     * Waits for the last byte of the answer; the JDK's own request timeout would end with the headers. A caller without a
     * token is told by a node on the same machine where to find one; then the request, which nobody has carried out, is made
     * again.
     */
    Answer send(URI server, Call call, Duration timeout) {
        return asking(call, nonce -> attempt(server, call, nonce, timeout), answer -> answer);
    }

    /**
     * Makes an attempt, and when a node on this machine has told where the token is, another with it. A token that is refused
     * has expired: the node keeps a fresh one in the same place.
     */
    private <A> A asking(Call call, Function<@Nullable String, A> attempt, Function<A, Answer> head) {
        if (!asksForToken() || !call.sendsToken()) {
            return attempt.apply(null);
        }
        if (localToken != null) {
            A answer = attempt.apply(null);
            if (head.apply(answer).status() != UNAUTHORIZED) {
                return answer;
            }
            localToken = null;
        }
        String nonce = UUID.randomUUID().toString();
        A answer = attempt.apply(nonce);
        if (head.apply(answer).status() != UNAUTHORIZED) {
            return answer;
        }
        Optional<String> found = LocalToken.in(head.apply(answer), nonce);
        if (found.isEmpty()) {
            return answer;
        }
        localToken = found.get();
        return attempt.apply(null);
    }

    /** Whether a node on this machine is asked where a token is. */
    boolean asksForToken() {
        return settings.localToken() && settings.token() == null;
    }

    private @Nullable String token(Call call) {
        if (!call.sendsToken()) {
            return null;
        }
        return settings.token() == null ? localToken : settings.token();
    }

    private Answer attempt(URI server, Call call, @Nullable String nonce, Duration timeout) {
        Outgoing request = request(server, call, nonce);
        if (first != null && first.takes(request)) {
            return answer(server, call, await(server, call, timeout, first.send(request)));
        }
        HttpResponse<byte[]> response =
                await(server, call, timeout, http().sendAsync(jdk(request, body(request)), _ -> bounded()));
        return answer(server, call, Incoming.of(response, response.body()));
    }

    private BoundedBody bounded() {
        return new BoundedBody(settings.answerBytesMax());
    }

    private static <T> T await(URI server, Call call, Duration timeout, Future<T> pending) {
        try {
            return pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            pending.cancel(true);
            throw new KvsClientException.TimedOut(server, timeout, call.isWrite());
        } catch (InterruptedException interrupted) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new KvsClientException.Interrupted(server, call.isWrite(), interrupted);
        } catch (ExecutionException failed) {
            throw failure(server, call, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    /** Waits for the head of an answer whose body is read as it comes; that of a refusal is read at once. */
    OpenAnswer open(URI server, Call call, Duration timeout) {
        return asking(call, nonce -> attemptToOpen(server, call, nonce, timeout), OpenAnswer::head);
    }

    private OpenAnswer attemptToOpen(URI server, Call call, @Nullable String nonce, Duration timeout) {
        Outgoing request = request(server, call, nonce);
        HttpResponse<InputStream> response = await(
                server, call, timeout, http().sendAsync(jdk(request, body(request)), BodyHandlers.ofInputStream()));
        try {
            byte[] body =
                    response.statusCode() == 200 ? new byte[0] : response.body().readNBytes(settings.answerBytesMax());
            return new OpenAnswer(answer(server, call, Incoming.of(response, body)), response.body());
        } catch (IOException broken) {
            throw failure(server, call, broken);
        }
    }

    /** Sends a body of any length; only opening the connection has a time limit. */
    Answer send(URI server, Call call, InputStream body) {
        HttpRequest request = jdk(request(server, call, null), BodyPublishers.ofInputStream(() -> body));
        HttpResponse<byte[]> response = await(server, call, UNLIMITED, http().sendAsync(request, _ -> bounded()));
        return answer(server, call, Incoming.of(response, response.body()));
    }

    private static HttpRequest jdk(Outgoing request, BodyPublisher body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).method(request.method(), body);
        request.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private static BodyPublisher body(Outgoing request) {
        return request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
    }

    /** The listener sees all of it but what is secret. */
    private Outgoing request(URI server, Call call, @Nullable String nonce) {
        URI uri = URI.create(server + call.target());
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.put(Headers.USER_AGENT, settings.userAgent());
        String token = token(call);
        if (token != null) {
            headers.put(Headers.AUTHORIZATION, "Bearer ***");
        }
        settings.listener().sending(call.method(), uri, Map.copyOf(headers), call.shownBody());
        if (token != null) {
            headers.put(Headers.AUTHORIZATION, "Bearer " + token);
        }
        if (settings.sitePass() != null) {
            headers.put(Headers.SITE_PASS, settings.sitePass());
        }
        if (nonce != null) {
            headers.put(Headers.TOKEN_NONCE, nonce);
        }
        return new Outgoing(call.method(), uri, headers, call.body());
    }

    private Answer answer(URI server, Call call, Incoming came) {
        settings.listener()
                .answered(
                        came.status(),
                        came.headers().firstValue(Headers.REQUEST_ID).orElse(""));
        Answer answer = new Answer(call, server, came.status(), came.headers(), came.body());
        if (came.status() >= 300 && came.status() <= 399 && came.status() != 304) {
            String target = answer.header(Headers.LOCATION).orElse("nowhere");
            throw answer.bad("it redirects to " + target + "; redirects are not followed, use that address instead");
        }
        return answer;
    }

    static KvsClientException failure(URI server, Call call, Throwable cause) {
        return switch (cause) {
            case BoundedBody.TooLarge large ->
                new KvsClientException.BadAnswer(server, large.explanation(), call.isWrite(), large);
            case ProtocolException other ->
                new KvsClientException.BadAnswer(
                        server, "it is not HTTP: " + other.getMessage(), call.isWrite(), other);
            case ConnectException refused -> new KvsClientException.Unreachable(server, false, false, refused);
            case HttpConnectTimeoutException slow -> new KvsClientException.Unreachable(server, false, false, slow);
            case SSLHandshakeException untrusted -> new KvsClientException.Unreachable(server, false, false, untrusted);
            case IOException broken -> new KvsClientException.Unreachable(server, true, call.isWrite(), broken);
            default -> throw new IllegalStateException("the HTTP client failed", cause);
        };
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Breaks off what is under way; a plain close would wait for it. */
    @Override
    public synchronized void close() {
        closed = true;
        if (first != null) {
            first.close();
        }
        if (http != null) {
            http.shutdownNow();
        }
    }
}
