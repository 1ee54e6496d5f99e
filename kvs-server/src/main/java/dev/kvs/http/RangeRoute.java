package dev.kvs.http;

import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.replication.Reader;
import dev.kvs.security.PageTokens;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.RangePage;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /kv/_range}: keys in byte order. A page ends at its limit of entries or at {@link #BYTES_MAX} of documents,
 * whichever comes first, so that a thousand large documents are not held in memory at once.
 */
final class RangeRoute {
    /** Documents in one page, unless a single one is larger: 8 MiB. */
    private static final long BYTES_MAX = 8L << 20;

    /** Entries read at a time: what may be held beyond the bound above. */
    private static final int STEP = 32;

    private final Reader reader;
    private final PageTokens pages;

    RangeRoute(Reader reader, PageTokens pages) {
        this.reader = reader;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/kv/" + Operation.RANGE.segment(),
                Set.of(
                        Parameters.START_KEY,
                        Parameters.END_KEY,
                        Parameters.AFTER,
                        Parameters.LIMIT,
                        Parameters.KEYS_ONLY,
                        Parameters.REVERSE),
                List.of(),
                Access.READ,
                this::range));
    }

    private void range(Exchange exchange) {
        QueryParameters query = exchange.query();
        Key start = bound(Parameters.START_KEY, query.get(Parameters.START_KEY));
        Key end = bound(Parameters.END_KEY, query.get(Parameters.END_KEY));
        Key after = after(query.get(Parameters.AFTER));
        int limit = query.number(Parameters.LIMIT, 1, RangePage.LIMIT_MAX, RangePage.LIMIT_DEFAULT);
        boolean keysOnly = query.flag(Parameters.KEYS_ONLY);
        boolean reverse = query.flag(Parameters.REVERSE);

        List<RangePage.Entry> entries = new ArrayList<>();
        long bytes = 0;
        Key next = after;
        Reader seen = reader.seenBy(exchange.rights());
        Reader.Page page;
        do {
            int step = Math.min(STEP, limit - entries.size());
            page = seen.range(new Reader.RangeQuery(start, end, next, step, reverse));
            for (Version version : page.versions()) {
                byte[] body = Check.present(version.body(), "a visible version has its document");
                bytes += body.length;
                entries.add(wire(version, keysOnly ? null : body));
            }
            next = page.next();
        } while (next != null
                && !page.versions().isEmpty()
                && entries.size() < limit
                && (keysOnly || bytes < BYTES_MAX));
        String continueAt = next == null ? null : next(exchange, next);
        Answers.message(exchange, Status.OK_200, WireJson.write(new RangePage(entries, next != null, continueAt)));
    }

    private String next(Exchange exchange, Key next) {
        return exchange.rights().areUnlimited() ? next.toString() : pages.seal(next.toString());
    }

    private @Nullable Key after(@Nullable String text) {
        return bound(Parameters.AFTER, text == null ? null : pages.open(text).orElse(text));
    }

    private static RangePage.Entry wire(Version version, byte @Nullable [] body) {
        return new RangePage.Entry(
                version.key().toString(),
                version.uuid(),
                Hlc.millis(version.hlc()),
                RevisionRoutes.expiresAt(version),
                body == null ? null : RawJson.ofUtf8(body));
    }

    /**
     * A place in the order of keys. It need not be a key itself: {@code users/} to {@code users0} is everything below
     * {@code users}.
     */
    private static @Nullable Key bound(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > Key.MAX_BYTES) {
            throw QueryParameters.invalid(
                    name, "has " + utf8.length + " bytes of UTF-8; the limit is " + Key.MAX_BYTES);
        }
        return Key.ofStored(utf8);
    }
}
