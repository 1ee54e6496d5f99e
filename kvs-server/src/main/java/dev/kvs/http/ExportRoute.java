package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.replication.Reader;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /kv/_export}: every visible document of a prefix, a line each, in byte order of the keys. It is read in short
 * ranges, so it holds no memory and no lock: each document is as it is when its turn comes. An export that was cut off goes on
 * with {@code after}, the last key that has arrived.
 */
final class ExportRoute {
    /** Documents read at a time end with the one that reaches this many bytes. */
    private static final long BYTES = 1 << 20;

    private static final int DOCUMENTS = 1_000;
    private static final String FORMAT = "ndjson";
    private static final byte[] LINE_END = {'\n'};
    static final Header NDJSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.NDJSON);

    private final Reader reader;

    ExportRoute(Reader reader) {
        this.reader = reader;
    }

    List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/kv/" + Operation.EXPORT.segment(),
                Set.of(Parameters.PREFIX, Parameters.AFTER, Parameters.FORMAT),
                List.of(),
                Access.READ,
                Route.Lane.BULK,
                this::export));
    }

    private void export(Exchange exchange) {
        QueryParameters query = exchange.query();
        String format = query.get(Parameters.FORMAT);
        if (format != null && !format.equals(FORMAT)) {
            throw QueryParameters.invalid(Parameters.FORMAT, "is " + FORMAT + ", not " + Quoted.of(format));
        }
        KeyPrefix prefix = KeyPrefix.of(query);
        Key after = after(query);
        exchange.header(NDJSON);
        exchange.header(Answers.NO_CACHE);
        if (exchange.isHead()) {
            exchange.send(Status.OK_200);
            return;
        }
        send(exchange, exchange.stream(Status.OK_200), prefix, after);
    }

    private void send(Exchange exchange, AnswerStream answer, KeyPrefix prefix, @Nullable Key after) {
        Key next = after;
        do {
            // A new look each time: what may be looked at in vain is bounded for each, and rights may have been taken
            // away.
            Reader.Page page = reader.seenBy(exchange.rightsNow())
                    .range(new Reader.RangeQuery(prefix.start(), prefix.end(), next, DOCUMENTS, false), BYTES);
            for (Version version : page.versions()) {
                DocumentLine.write(answer, version, version.body());
                answer.write(LINE_END);
            }
            next = page.next();
        } while (next != null);
        answer.end();
    }

    private static @Nullable Key after(QueryParameters query) {
        String text = query.get(Parameters.AFTER);
        return text == null || text.isEmpty() ? null : Key.bound(text.getBytes(StandardCharsets.UTF_8));
    }
}
