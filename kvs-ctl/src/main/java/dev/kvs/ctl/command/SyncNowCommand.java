package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.SyncStatus;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl sync now}. */
@Command(
        name = "now",
        description = {
            "Let the node compare its data with every living member now, and repair what differs.",
            "Exit code 0 when all were equal, 7 when any differed, failed or takes longer. Run it twice: what is still"
                    + " different then has not been repaired."
        },
        footer = {"", "Example:", "  kvsctl sync now"})
final class SyncNowCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("peer"),
            Column.of("result"),
            Column.number("differences"),
            Column.number("lasting_differences"),
            Column.of("at"),
            Column.of("error"));

    private final Session session;

    SyncNowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(session.settings().servers().getFirst().toString(), "would_sync")) {
            return ExitCode.OK;
        }
        SyncStatus status = session.client().syncNow();
        Listing listing = session.output()
                .listing("comparisons", COLUMNS)
                .before("root", status.tree().root())
                .before("keys", status.tree().keys())
                .before("system_root", status.tree().systemRoot());
        for (Comparison compared : status.comparisons()) {
            listing.row(
                    compared.peer(),
                    compared.result(),
                    compared.differences(),
                    compared.lasting(),
                    SyncStatusCommand.moment(compared.at()),
                    compared.error());
        }
        listing.end();
        boolean equal = status.comparisons().stream()
                .allMatch(compared -> compared.result().equals(Comparison.EQUAL));
        return equal ? ExitCode.OK : ExitCode.FINDING;
    }
}
