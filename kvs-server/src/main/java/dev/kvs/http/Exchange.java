package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.platform.Check;
import dev.kvs.security.Rights;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request on its way through the door, and its answer. Used by one thread. */
final class Exchange {
    private static final byte[] NO_BODY = {};

    private final ServerRequest request;
    private final RoutingResponse response;
    private final String requestId;
    private final Bodies bodies;
    private final Deadlines deadlines;
    private final Duration answerTimeout;
    private final boolean isHead;
    private final BodyBudget.Lease lease;
    private byte[] body = NO_BODY;
    private @Nullable Key key;
    private @Nullable String id;
    private QueryParameters query = QueryParameters.NONE;
    private Rights rights = Rights.UNCHECKED;
    private Supplier<Rights> readmission = () -> rights;
    private boolean streaming;

    Exchange(
            ServerRequest request,
            RoutingResponse response,
            String requestId,
            Bodies bodies,
            Deadlines deadlines,
            Duration answerTimeout) {
        this.deadlines = deadlines;
        this.answerTimeout = answerTimeout;
        this.request = request;
        this.response = response;
        this.requestId = requestId;
        this.bodies = bodies;
        this.lease = bodies.lease();
        this.isHead = request.prologue().method().text().equals("HEAD");
    }

    /** Takes what the dispatcher found in the target. */
    void matched(@Nullable Key key, @Nullable String id, QueryParameters query) {
        this.key = key;
        this.id = id;
        this.query = query;
    }

    /** The key of a route that has one. */
    Key key() {
        return Check.present(key, "this route names a key");
    }

    /** The name at the end of a path that has one. */
    String id() {
        return Check.present(id, "this route names something");
    }

    /** The key or prefix; null on the root's routes. */
    @Nullable
    Key keyOrRoot() {
        return key;
    }

    /** Takes who is asking, and what finds out later whether he still may. */
    void by(Rights rights, Supplier<Rights> readmission) {
        this.rights = rights;
        this.readmission = readmission;
    }

    /** Who is asking, and what he might do when the request came. */
    Rights rights() {
        return rights;
    }

    /**
     * What the caller may do by now, for answers that take long. {@code unauthorized} or {@code forbidden} when his token was
     * revoked or has expired, or his rights were taken away.
     */
    Rights rightsNow() {
        return readmission.get();
    }

    QueryParameters query() {
        return query;
    }

    ServerRequestHeaders headers() {
        return request.headers();
    }

    ServerRequest request() {
        return request;
    }

    /** Whether the caller has shown a certificate of an authority that this node believes. */
    boolean showsCertificate() {
        return request.remotePeer().tlsPrincipal().isPresent();
    }

    String requestId() {
        return requestId;
    }

    boolean isHead() {
        return isHead;
    }

    /** The body of a document's size, checked to be JSON. */
    JsonDocument json() {
        return remember(bodies.document(request, lease));
    }

    /** The body of a document's size, read as one of the contract's messages. */
    <T> T message(Class<T> type) {
        return Bodies.message(json(), type);
    }

    /** The same for a batch, which may be larger. */
    <T> T largeMessage(Class<T> type) {
        return Bodies.message(remember(bodies.batch(request, lease)), type);
    }

    /** The body as it is, within a limit in bytes. */
    byte[] bytes(int limit) {
        body = bodies.bytes(request, limit, lease);
        return body;
    }

    /** The same of a node's call, which clients' bodies do not hold up. */
    byte[] bytesOfNode(int limit) {
        body = bodies.bytes(request, limit, null);
        return body;
    }

    private JsonDocument remember(JsonDocument document) {
        body = document.bytes();
        return document;
    }

    /** The bytes of the body as sent; empty when the route has read none. */
    byte[] body() {
        return body;
    }

    void header(Header header) {
        response.header(header);
    }

    void header(HeaderName name, String value) {
        response.header(HeaderValues.create(name, value));
    }

    /** Answers without a body. */
    void send(Status status) {
        response.status(status);
        transmit(NO_BODY);
    }

    /** Answers with a body; for {@code HEAD} only with its length. */
    void send(Status status, byte[] body) {
        response.status(status);
        if (isHead) {
            response.headers().contentLength(body.length);
            transmit(NO_BODY);
        } else {
            transmit(body);
        }
    }

    /**
     * Answers with a problem document; headers that are already set stay.
     *
     * @param others members that may do what is refused here
     */
    void sendProblem(KvsException refusal, List<String> others) {
        Problems.headers(refusal.code(), response);
        send(Problems.status(refusal.code()), Problems.body(refusal, requestId, others));
    }

    /** A client that does not take its answer loses the connection instead of holding a thread. */
    private void transmit(byte[] body) {
        deadlines.arm(answerTimeout);
        try {
            response.send(body);
        } finally {
            deadlines.disarm();
        }
    }

    /** Begins an answer whose parts are sent as they are made; a failure can only cut it off from now on. */
    AnswerStream stream(Status status) {
        response.status(status);
        streaming = true;
        return new AnswerStream(response, deadlines, answerTimeout);
    }

    /** Whether the answer has begun as a stream. */
    boolean isStreaming() {
        return streaming;
    }

    /** The body as it arrives, for a route that takes one of any length. */
    ArrivingBody arrivingBody() {
        return new ArrivingBody(request, deadlines, answerTimeout);
    }

    /** Waits for something else than the client, until it comes or the door is drained; whether to go on. */
    boolean waiting(Duration atMost, Waiting wait) {
        deadlines.armStream(atMost.plus(answerTimeout));
        try {
            wait.await(atMost);
        } catch (InterruptedException drained) {
            // The deadline takes its interrupt back.
            return false;
        } finally {
            deadlines.disarm();
        }
        return true;
    }

    /** Something that a stream waits for. */
    @FunctionalInterface
    interface Waiting {
        void await(Duration atMost) throws InterruptedException;
    }

    /** The request has been answered. */
    void end() {
        lease.close();
    }

    /** The refusal of a key that has no document here. */
    KvsException notFound() {
        return KvsException.notFound(key());
    }
}
