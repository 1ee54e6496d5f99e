package dev.kvs.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** An answer as it came, complete. */
record Incoming(int status, HttpHeaders headers, byte[] body) {
    static Incoming of(HttpResponse<?> response, byte[] body) {
        return new Incoming(response.statusCode(), response.headers(), body);
    }
}
