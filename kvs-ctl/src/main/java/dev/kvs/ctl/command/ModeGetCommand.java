package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.HealthReport;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl mode get}. */
@Command(
        name = "get",
        description = "Show the mode of every node named by --server: normal, read-only or syncing.",
        footer = {"", "Example:", "  kvsctl mode get"})
final class ModeGetCommand implements Action {
    static final List<Column> COLUMNS = List.of(Column.of("mode"), Column.of("node_id"), Column.of("server"));

    private final Session session;

    ModeGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Listing listing = session.output().listing("modes", COLUMNS);
        for (URI server : session.settings().servers()) {
            try (KvsClient client = session.client(server)) {
                HealthReport report = client.health();
                listing.row(report.mode(), report.nodeId(), server);
            }
        }
        listing.end();
        return ExitCode.OK;
    }
}
