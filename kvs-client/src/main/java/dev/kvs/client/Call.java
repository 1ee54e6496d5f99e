package dev.kvs.client;

import dev.kvs.wire.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call before it is sent.
 *
 * @param target path and query, below a server's base URL
 * @param kind decides what may be repeated
 * @param sendsToken whether the caller's token goes with it
 * @param hidesBody whether the body holds a secret, and is shown to nobody but the server
 */
record Call(
        String method,
        String target,
        Kind kind,
        Map<String, String> headers,
        byte @Nullable [] body,
        boolean sendsToken,
        boolean hidesBody) {
    private static final byte[] HIDDEN = {'*', '*', '*'};

    enum Kind {
        /** May be repeated anywhere. */
        READ,
        /** Asks how a node is, so whatever it answers is the answer. */
        PROBE,
        /** May be repeated at the same server, and only with an idempotency key. */
        WRITE
    }

    static Call read(String target) {
        return new Call("GET", target, Kind.READ, Map.of(), null, true, false);
    }

    static Call probe(String target) {
        return new Call("GET", target, Kind.PROBE, Map.of(), null, true, false);
    }

    static Call write(String method, String target) {
        return new Call(method, target, Kind.WRITE, Map.of(), null, true, false);
    }

    Call head() {
        return new Call("HEAD", target, kind, headers, body, sendsToken, hidesBody);
    }

    Call accept(String mediaType) {
        return headers(Map.of(Headers.ACCEPT, mediaType));
    }

    Call headers(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Call(method, target, kind, Map.copyOf(all), body, sendsToken, hidesBody);
    }

    Call body(String mediaType, byte[] bytes) {
        return new Call(method, target, kind, headers, bytes, sendsToken, hidesBody)
                .headers(Map.of(Headers.CONTENT_TYPE, mediaType));
    }

    /** The same from nobody. */
    Call withoutToken() {
        return new Call(method, target, kind, headers, body, false, hidesBody);
    }

    /** The same with a body that no listener sees. */
    Call confidential() {
        return new Call(method, target, kind, headers, body, sendsToken, true);
    }

    /** The body as listeners see it. */
    byte @Nullable [] shownBody() {
        return hidesBody ? HIDDEN.clone() : body;
    }

    boolean isWrite() {
        return kind == Kind.WRITE;
    }

    /** Whether it may be sent again after it may have arrived. */
    boolean isRepeatable() {
        return switch (kind) {
            case READ -> true;
            case PROBE -> false;
            case WRITE -> headers.containsKey(Headers.IDEMPOTENCY_KEY);
        };
    }
}
