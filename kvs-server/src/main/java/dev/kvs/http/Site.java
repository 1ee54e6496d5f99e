package dev.kvs.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages for people, below {@link #MOUNT}. Implemented in {@code boot} by the console; the door only listens for it. The pages know
 * who is asking by themselves, through sessions, and ask the node back with his token like any other client. Safe for concurrent
 * use; throws nothing.
 */
@FunctionalInterface
public interface Site {
    /** Where the pages are. */
    String MOUNT = "/ui";

    /** Answers; blocks while the node is asked. */
    Reply answer(Visit visit);

    /**
     * What a browser asks.
     *
     * @param method {@code GET} or {@code POST}
     * @param path below the mount, not decoded; empty for the mount itself
     * @param query not decoded
     * @param headers by name in lower case
     * @param body what was posted; null when it was more than the door takes
     * @param secure whether it came over TLS
     * @param pass for {@code KVS-Site-Pass} on what the site asks the node because of this, so that it counts for this
     *     visitor's address; good until he is answered
     */
    record Visit(
            String method,
            String path,
            String query,
            Map<String, String> headers,
            byte @Nullable [] body,
            boolean secure,
            String pass) {}

    /**
     * What it gets.
     *
     * @param news sent after the headers instead of the body; null for most answers
     */
    record Reply(
            int status,
            Map<String, String> headers,
            byte[] body,
            @Nullable News news) {}

    /** An answer that is sent in parts, until its end or until the browser leaves; then it is closed. */
    interface News extends AutoCloseable {
        /** What to send now; empty for nothing yet, null at the end. */
        byte @Nullable [] next();

        /** How long to wait before the next question. */
        long pauseMillis();

        @Override
        void close();
    }
}
