package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.History;
import dev.kvs.wire.Revision;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl history}. */
@Command(
        name = "history",
        description = "Show the kept revisions of a key: the current one first, then newest first.",
        footer = {"", "Example:", "  kvsctl history users/ada -o wide"})
final class HistoryCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("uuid"),
            Column.of("timestamp"),
            Column.of("origin"),
            Column.of("kind"),
            Column.of("current"),
            Column.of("lost_conflict"),
            Column.number("size"),
            Column.of("expires_at").inWide());

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        History history = session.client()
                .history(Session.key(key))
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND, "not_found", "nothing is known of " + key + ", not even a delete"));
        Listing listing = session.output().listing("revisions", COLUMNS).before("key", history.key());
        for (Revision revision : history.revisions()) {
            listing.row(
                    revision.uuid(),
                    Instant.ofEpochMilli(revision.timestamp()),
                    revision.origin(),
                    revision.kind(),
                    revision.current(),
                    revision.lostConflict(),
                    revision.size(),
                    revision.expiresAt() == null ? null : Instant.ofEpochMilli(revision.expiresAt()));
        }
        listing.end();
        return ExitCode.OK;
    }
}
