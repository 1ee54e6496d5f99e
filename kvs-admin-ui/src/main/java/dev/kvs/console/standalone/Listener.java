package dev.kvs.console.standalone;

import dev.kvs.console.Console;
import dev.kvs.console.web.Feed;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Translates between the server's requests and the console's. */
final class Listener implements Handler {
    /** A document of 16 MiB with every byte escaped. */
    private static final int BODY_MAX = 48 << 20;

    private final Console console;

    Listener(Console console) {
        this.console = console;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("POST")) {
            response.status(Status.METHOD_NOT_ALLOWED_405).send();
            return;
        }
        Response answer = console.answer(translated(request, method.equals("HEAD") ? "GET" : method));
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        Feed feed = answer.feed();
        if (feed == null) {
            response.send(answer.body());
            return;
        }
        try (feed) {
            if (method.equals("HEAD")) {
                response.send();
            } else {
                follow(feed, response);
            }
        }
    }

    private static Request translated(ServerRequest request, String method) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : request.headers()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), header.get());
        }
        // Helidon takes Host out of the headers on HTTP/2.
        headers.put("host", request.authority());
        byte[] body = body(request);
        return Request.of(
                method,
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                headers,
                body,
                request.isSecure(),
                body.length > BODY_MAX,
                "");
    }

    private static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream source = request.content().inputStream()) {
            return source.readNBytes(BODY_MAX + 1);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void follow(Feed feed, ServerResponse response) {
        try (OutputStream target = response.outputStream()) {
            CountDownLatch never = new CountDownLatch(1);
            for (byte[] part = feed.next(); part != null; part = feed.next()) {
                target.write(part);
                target.flush();
                boolean _ = never.await(feed.pauseMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
