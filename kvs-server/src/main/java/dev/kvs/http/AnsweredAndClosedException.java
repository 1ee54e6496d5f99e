package dev.kvs.http;

import io.helidon.webserver.CloseConnectionException;

/**
 * Ends a connection whose client asked for that ({@code Connection: close}) once its request was read and answered. The server
 * says so in its answer, and then waits for the next request.
 */
final class AnsweredAndClosedException extends CloseConnectionException {
    AnsweredAndClosedException() {
        super("the client asked for the end of the connection");
    }
}
