package dev.kvs.bench;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;

/** The node's own web server with a handler that does nothing but answer as many bytes as a GET does. */
public final class EmptyHandler {
    private EmptyHandler() {}

    /** Listens on the port given as the only argument. */
    public static void main(String[] arguments) {
        byte[] answer = "x".repeat(220).getBytes(StandardCharsets.UTF_8);
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing ->
                        routing.any((request, response) -> response.header(HeaderNames.CONTENT_TYPE, "application/json")
                                .send(answer)))
                .build()
                .start();
    }
}
