package dev.kvs.peer;

import dev.kvs.platform.PeerRoute;
import dev.kvs.tls.TlsFailure;
import dev.kvs.tls.WithoutTls;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Posts bytes and waits for bytes, over the JDK's client. HTTP/1.1 with connections that are kept: what one call waits for
 * holds up no other. With TLS every call goes over it, and whoever is called must show a certificate for the name he is called
 * by, from an authority that the context names. Redirects are not followed, because a node does not redirect.
 */
final class HttpCalls implements AutoCloseable {
    /** A machine that does not take a connection within this is not there, however long the call may take. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final String scheme;

    /** Calls over TLS with what the context shows and believes, or over plain HTTP when there is none. */
    HttpCalls(Optional<SSLContext> tls) {
        this.scheme = tls.isPresent() ? "https" : "http";
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .sslContext(tls.orElseGet(WithoutTls::context))
                .build();
    }

    /**
     * Sends a request and waits for the last byte of its answer, at most until the deadline.
     *
     * @param answerMax longest answer that is read, in bytes
     */
    RawAnswer post(PeerAddress address, String path, String proof, byte[] body, int answerMax, Deadline deadline)
            throws NoAnswerException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.uri(scheme, path))
                .header(Headers.CONTENT_TYPE, MediaTypes.OCTET_STREAM)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!proof.isEmpty()) {
            request.header(PeerRoute.PROOF_HEADER, proof);
        }
        CompletableFuture<HttpResponse<byte[]>> pending =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), answerMax));
        HttpResponse<byte[]> answer = await(pending, address, deadline);
        return new RawAnswer(
                answer.statusCode(),
                answer.headers().firstValue(PeerRoute.PROOF_HEADER).orElse(""),
                answer.body());
    }

    private static HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> pending, PeerAddress address, Deadline deadline)
            throws NoAnswerException {
        try {
            return pending.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new NoAnswerException(address + " did not answer in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("the call to " + address + " was broken off: this node is stopping");
        } catch (ExecutionException failed) {
            throw new NoAnswerException(address + " cannot be reached: " + reason(failed.getCause()));
        } finally {
            pending.cancel(true);
        }
    }

    /** The client's own words, in which it may quote what it was answered; a refused connection has none. */
    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "it takes no connection";
        }
        return Shown.of(TlsFailure.explained(cause, "tls_client_ca_file")
                .orElse(cause == null ? "no reason is known" : cause.toString()));
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }
}
