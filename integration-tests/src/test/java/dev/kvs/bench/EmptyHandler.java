package dev.kvs.bench;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The node's own web server with handlers that do nothing: below {@code /} one that answers as long a body as a GET does, and
 * below {@code /kv/} one that answers a GET's headers, too, so that a client has as much to read.
 */
public final class EmptyHandler {
    private static final byte[] BODY = "x".repeat(231).getBytes(StandardCharsets.UTF_8);
    private static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final List<Header> OF_A_GET = List.of(
            TYPE,
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache"),
            HeaderValues.createCached(HeaderNames.ETAG, "\"01a2039f-a2e3-7609-8088-570a3092df44\""),
            HeaderValues.createCached(HeaderNames.LAST_MODIFIED, "Sun, 22 Nov 2026 14:18:43 GMT"),
            HeaderValues.createCached(HeaderNames.VARY, "Accept, Authorization"),
            HeaderValues.createCached("X-Request-Id", "950632d6e62d6ea7"),
            HeaderValues.createCached("KVS-Timestamp", "1795357123299"));

    private EmptyHandler() {}

    /** Listens on the port given as the only argument. */
    public static void main(String[] arguments) {
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.any("/kv/*", (request, response) -> {
                            OF_A_GET.forEach(response::header);
                            response.send(BODY);
                        })
                        .any((request, response) -> response.header(TYPE).send(BODY)))
                .build()
                .start();
    }
}
