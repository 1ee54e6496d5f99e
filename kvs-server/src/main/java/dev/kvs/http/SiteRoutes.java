package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /ui}: everything below it goes to the {@link Site}. */
final class SiteRoutes {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Set<String> ANY = Set.of(Route.ANY_PARAMETER);

    /** A form escapes most bytes of a document with three. */
    private static final int ESCAPED = 3;

    /** What a form has beside the document. */
    private static final int FIELDS_BYTES = 64 << 10;

    private final Site site;
    private final Passes passes;
    private final int maxFormBytes;

    SiteRoutes(Site site, Passes passes, int maxJsonBytes) {
        this.site = site;
        this.passes = passes;
        this.maxFormBytes = ESCAPED * maxJsonBytes + FIELDS_BYTES;
    }

    List<Route> routes() {
        String below = Site.MOUNT + "/" + Route.REST;
        return List.of(
                new Route("GET", Site.MOUNT, ANY, List.of(), Access.OPEN, this::toSlash),
                new Route("GET", Site.MOUNT + "/live", ANY, List.of(), Access.OPEN, Route.Lane.WATCH, this::answer),
                new Route(
                        "GET", Site.MOUNT + "/keys/export", ANY, List.of(), Access.OPEN, Route.Lane.BULK, this::answer),
                new Route("GET", below, ANY, List.of(), Access.OPEN, this::answer),
                new Route("POST", below, ANY, List.of(FORM), Access.OPEN, this::answer));
    }

    private void toSlash(Exchange exchange) {
        exchange.header(HeaderNames.LOCATION, Site.MOUNT + "/");
        exchange.send(Status.SEE_OTHER_303);
    }

    private void answer(Exchange exchange) {
        Site.Reply reply = passes.during(Passes.remote(exchange.request()), pass -> site.answer(visit(exchange, pass)));
        reply.headers().forEach((name, value) -> exchange.header(HeaderNames.create(name), value));
        Site.News news = reply.news();
        if (news == null) {
            exchange.send(Status.create(reply.status()), reply.body());
            return;
        }
        try (news) {
            if (exchange.isHead()) {
                exchange.send(Status.create(reply.status()), reply.body());
            } else {
                follow(exchange, news);
            }
        }
    }

    private Site.Visit visit(Exchange exchange, String pass) {
        HttpPrologue prologue = exchange.request().prologue();
        Map<String, String> headers = new HashMap<>();
        for (Header header : exchange.headers()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), header.get());
        }
        // Not among the headers on HTTP/2.
        headers.put("host", exchange.request().authority());
        String method = prologue.method().text();
        return new Site.Visit(
                method.equals("HEAD") ? "GET" : method,
                prologue.uriPath().rawPath().substring(Site.MOUNT.length()),
                prologue.query().rawValue(),
                headers,
                method.equals("POST") ? body(exchange) : new byte[0],
                exchange.request().isSecure(),
                pass);
    }

    /** A form that is too large gets a page, too; the connection ends with it, because nobody reads the rest. */
    private byte @Nullable [] body(Exchange exchange) {
        try {
            return exchange.bytes(maxFormBytes);
        } catch (KvsException refused) {
            if (refused.code() == ErrorCode.BODY_TOO_LARGE) {
                exchange.header(HeaderValues.CONNECTION_CLOSE);
                return null;
            }
            throw refused;
        }
    }

    private static void follow(Exchange exchange, Site.News news) {
        AnswerStream answer = exchange.stream(Status.OK_200);
        CountDownLatch never = new CountDownLatch(1);
        boolean goesOn = true;
        while (goesOn) {
            byte[] part = news.next();
            if (part == null) {
                break;
            }
            answer.write(part);
            answer.flush();
            long pause = news.pauseMillis();
            goesOn = pause == 0
                    || exchange.waiting(Duration.ofMillis(pause), atMost -> {
                        boolean _ = never.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
                    });
        }
        answer.end();
    }
}
