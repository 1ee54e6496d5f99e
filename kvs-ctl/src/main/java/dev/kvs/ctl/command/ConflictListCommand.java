package dev.kvs.ctl.command;

import dev.kvs.client.ConflictQuery;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.ConflictReport;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl conflict list}. */
@Command(
        name = "list",
        description = "List the conflicts that the node knows, open and closed, newest first.",
        footer = {"", "Example:", "  kvsctl conflict list --open"})
final class ConflictListCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("id"),
            Column.of("key"),
            Column.of("status"),
            Column.of("rule"),
            Column.of("winner"),
            Column.of("last_seen"),
            Column.number("times"),
            Column.of("first_seen").inWide(),
            Column.of("closed_at").inWide());

    private static final int LIMIT_MAX = 10_000;

    private final Session session;

    @Option(names = "--key", paramLabel = "KEY", description = "Of this key alone.")
    @Nullable
    String key;

    @Option(names = "--since", paramLabel = "TIME", description = "Those that grew then or later.")
    @Nullable
    String since;

    @Option(names = "--open", description = "Only those that nothing has settled yet.")
    boolean open;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 10000; default 100.")
    int limit = 100;

    ConflictListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Arguments.number("--limit", limit, 1, LIMIT_MAX);
        ConflictQuery query = (key == null ? ConflictQuery.ALL : ConflictQuery.of(Session.key(key)))
                .withSince(since == null ? null : Arguments.moment("--since", since));
        Listing listing = session.output().listing("conflicts", COLUMNS);
        try (Stream<ConflictReport> found = session.client().allConflicts(query)) {
            found.filter(conflict -> !open || conflict.status().equals(ConflictReport.OPEN))
                    .limit(limit)
                    .forEach(conflict -> listing.row(row(conflict)));
        }
        listing.end();
        return ExitCode.OK;
    }

    private static @Nullable Object[] row(ConflictReport conflict) {
        return new @Nullable Object[] {
            conflict.id(),
            conflict.key(),
            conflict.status(),
            conflict.rule(),
            conflict.rivals().isEmpty() ? null : conflict.rivals().getFirst().uuid(),
            Instant.ofEpochMilli(conflict.lastSeen()),
            conflict.times(),
            Instant.ofEpochMilli(conflict.firstSeen()),
            SyncStatusCommand.moment(conflict.closedAt())
        };
    }
}
