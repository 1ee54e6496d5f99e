package dev.kvs.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;

/** Bounds the time between a request's first line and the end of its headers: the defence against Slowloris. */
record HeaderDeadline(Deadlines deadlines, Duration timeout) implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        deadlines.arm(timeout);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        deadlines.disarm();
    }
}
