package dev.kvs.ctl.command;

import dev.kvs.client.RangeQuery;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.JsonLayout;
import dev.kvs.ctl.output.JsonPointer;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.RangePage;
import dev.kvs.wire.RawJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl find}. */
@Command(
        name = "find",
        description = {
            "List the keys below a prefix to which everything applies that is asked for, in byte order.",
            "Every key below the prefix is looked at, and with --where every document is read."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl find users --name 'a*'",
            "  kvsctl find jobs --older 30d -o name | xargs -r -d '\\n' kvsctl del --",
            "  kvsctl find orders --where /state='\"open\"' --newer 1h -o wide"
        })
final class FindCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("key"),
            Column.of("timestamp"),
            Column.of("uuid").inWide(),
            Column.of("expires_at").inWide());

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "A prefix such as users; without one, the root.")
    String prefix = "";

    @Option(names = "--name", paramLabel = "GLOB", description = "The last segment looks so: *, ?, [a-z], {a,b}.")
    @Nullable
    String name;

    @Option(names = "--newer", paramLabel = "DURATION", description = "Written within this time.")
    @Nullable
    String newer;

    @Option(names = "--older", paramLabel = "DURATION", description = "Not written within this time.")
    @Nullable
    String older;

    @Option(names = "--expires-within", paramLabel = "DURATION", description = "Will have expired by then.")
    @Nullable
    String expiresWithin;

    @Option(
            names = "--where",
            paramLabel = "/a/b[=JSON]",
            description = "The document has something there, or has exactly this there.")
    @Nullable
    String where;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many keys; without it, all.")
    int limit = Integer.MAX_VALUE;

    FindCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Arguments.number("--limit", limit, 1, Integer.MAX_VALUE);
        RangeQuery pages = RangeQuery.below(Arguments.prefix(prefix));
        Predicate<RangePage.Entry> wanted = times().and(names()).and(contents());
        Listing listing = session.output().listing("keys", COLUMNS);
        try (Stream<RangePage.Entry> entries = session.client()
                .entries(where == null ? pages.withKeysOnly().withLimit(RangePage.LIMIT_MAX) : pages)
                .filter(wanted)) {
            Iterator<RangePage.Entry> each = entries.iterator();
            for (int i = 0; i < limit && each.hasNext(); i++) {
                RangePage.Entry entry = each.next();
                Long expires = entry.expiresAt();
                listing.row(
                        entry.key(),
                        Instant.ofEpochMilli(entry.timestamp()),
                        entry.uuid(),
                        expires == null ? null : Instant.ofEpochMilli(expires));
            }
        }
        listing.end();
        return ExitCode.OK;
    }

    private Predicate<RangePage.Entry> times() {
        long now = System.currentTimeMillis();
        long from = newer == null ? Long.MIN_VALUE : now - millis("--newer", newer);
        long to = older == null ? Long.MAX_VALUE : now - millis("--older", older);
        long end = expiresWithin == null ? Long.MAX_VALUE : now + millis("--expires-within", expiresWithin);
        boolean expires = expiresWithin != null;
        return entry -> entry.timestamp() >= from
                && entry.timestamp() < to
                && (!expires || (entry.expiresAt() != null && entry.expiresAt() <= end));
    }

    private static long millis(String flag, String duration) {
        return Settings.duration(flag, duration).toMillis();
    }

    private Predicate<RangePage.Entry> names() {
        if (name == null) {
            return any -> true;
        }
        try {
            PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + name);
            return entry ->
                    glob.matches(Path.of(entry.key().substring(entry.key().lastIndexOf('/') + 1)));
        } catch (PatternSyntaxException e) {
            throw Failure.usage("--name '" + name + "' is not a pattern: " + e.getDescription());
        }
    }

    private Predicate<RangePage.Entry> contents() {
        if (where == null) {
            return any -> true;
        }
        int equals = where.indexOf('=');
        JsonPointer pointer = new JsonPointer(equals < 0 ? where : where.substring(0, equals));
        String expected = equals < 0
                ? null
                : JsonLayout.compact(Arguments.json(where.substring(equals + 1).getBytes(StandardCharsets.UTF_8))
                        .text());
        return entry -> {
            RawJson data = entry.data();
            return data != null
                    && pointer.find(data.text())
                            .filter(found -> expected == null
                                    || JsonLayout.compact(found).equals(expected))
                            .isPresent();
        };
    }
}
