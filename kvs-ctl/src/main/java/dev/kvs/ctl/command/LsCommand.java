package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.ListQuery;
import dev.kvs.client.RangeQuery;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.Child;
import dev.kvs.wire.Children;
import dev.kvs.wire.RangePage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl ls}. */
@Command(
        name = "ls",
        description = "List what is directly below a prefix, or with -r every key below it, in byte order.",
        footer = {
            "",
            "Examples:",
            "  kvsctl ls users -l",
            "  kvsctl ls -r users -o name --limit 1000",
            "  kvsctl ls --tree users",
            "  kvsctl ls -o ndjson | jq -r .key"
        })
final class LsCommand implements Action {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "A prefix such as users; without one, the root.")
    String prefix = "";

    @Option(names = "-l", description = "More about each entry: version, size, origin, expiry.")
    boolean details;

    @Option(
            names = {"-r", "--recursive"},
            description = "Every key below, not only direct children.")
    boolean recursive;

    @Option(names = "--tree", description = "Every key below, drawn as a tree; in other formats the same as -r.")
    boolean tree;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many entries; without it, all.")
    int limit = Integer.MAX_VALUE;

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Arguments.number("--limit", limit, 1, Integer.MAX_VALUE);
        String path = Arguments.prefix(prefix);
        boolean more = details || session.output().wide();
        if (tree && session.output().tabular() && !more) {
            drawn(path);
        } else if (recursive || tree) {
            keys(path, more);
        } else {
            children(path, more);
        }
        return ExitCode.OK;
    }

    private void children(String path, boolean more) {
        ListQuery page = ListQuery.FIRST.withLimit(Math.min(limit, Children.LIMIT_MAX));
        KvsClient client = session.client();
        Listing listing =
                session.output().listing("children", childColumns(more)).before("path", path);
        try (Stream<Child> children = client.children(path, more ? page.withMetadata() : page)) {
            Iterator<Child> each = children.iterator();
            for (int i = 0; i < limit && each.hasNext(); i++) {
                child(listing, path, each.next());
            }
            listing.end("truncated", each.hasNext());
        }
    }

    private static void child(Listing listing, String path, Child child) {
        Child.@Nullable Metadata metadata = child.metadata();
        listing.row(
                path.isEmpty() ? child.subkey() : path + "/" + child.subkey(),
                child.subkey(),
                child.directory(),
                time(child.timestamp()),
                metadata == null ? null : metadata.uuid(),
                metadata == null ? null : metadata.size(),
                metadata == null ? null : metadata.origin(),
                metadata == null ? null : time(metadata.expiresAt()));
    }

    /** A line for each segment that the key before did not have, further to the right the deeper it is. */
    private void drawn(String path) {
        try (Stream<RangePage.Entry> entries = session.client().entries(page(path))) {
            Iterator<RangePage.Entry> each = entries.iterator();
            String[] before = {};
            for (int i = 0; i < limit && each.hasNext(); i++) {
                String key = each.next().key();
                String[] segments =
                        key.substring(path.isEmpty() ? 0 : path.length() + 1).split("/");
                int same = Math.max(0, Arrays.mismatch(before, segments));
                for (int depth = same; depth < segments.length; depth++) {
                    String end = depth < segments.length - 1 ? "/" : "";
                    session.output().print("  ".repeat(depth) + Column.text(segments[depth]) + end);
                }
                before = segments;
            }
            if (each.hasNext()) {
                session.output().note("There is more.");
            }
        }
    }

    private RangeQuery page(String path) {
        return RangeQuery.below(path).withKeysOnly().withLimit(Math.min(limit, RangePage.LIMIT_MAX));
    }

    private void keys(String path, boolean more) {
        Listing listing = session.output().listing("keys", keyColumns(more)).before("path", path);
        try (Stream<RangePage.Entry> entries = session.client().entries(page(path))) {
            Iterator<RangePage.Entry> each = entries.iterator();
            for (int i = 0; i < limit && each.hasNext(); i++) {
                RangePage.Entry entry = each.next();
                listing.row(entry.key(), time(entry.timestamp()), entry.uuid(), time(entry.expiresAt()));
            }
            listing.end("truncated", each.hasNext());
        }
    }

    private static List<Column> childColumns(boolean more) {
        return List.of(
                Column.of("key").inNoTable(),
                Column.of("subkey"),
                Column.of("directory"),
                Column.of("timestamp"),
                detail(Column.of("uuid"), more),
                detail(Column.number("size"), more),
                detail(Column.of("origin"), more),
                detail(Column.of("expires_at"), more));
    }

    private static List<Column> keyColumns(boolean more) {
        return List.of(
                Column.of("key"),
                Column.of("timestamp"),
                detail(Column.of("uuid"), more),
                detail(Column.of("expires_at"), more));
    }

    private static Column detail(Column column, boolean more) {
        return more ? column : column.inNoTable();
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
