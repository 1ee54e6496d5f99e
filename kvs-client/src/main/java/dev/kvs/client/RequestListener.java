package dev.kvs.client;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is told of every attempt, on the calling thread; for logs, and for showing a call as a curl line. */
public interface RequestListener {
    /** Tells nobody. */
    RequestListener NONE = (method, uri, headers, body) -> {};

    /**
     * One attempt is about to be sent.
     *
     * @param headers what the client sets; the token stands as {@code Bearer ***}
     * @param body null when there is none, {@code ***} in place of one that holds a password; must not be changed
     */
    void sending(String method, URI uri, Map<String, String> headers, byte @Nullable [] body);

    /** It was answered. */
    default void answered(int status, String requestId) {}
}
