package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl mode set}. */
@Command(
        name = "set",
        description =
                "Let every node named by --server take writes (normal) or refuse them (read-only), until it restarts.",
        footer = {"", "Example:", "  kvsctl mode set read-only -s http://10.0.0.2:8080"})
final class ModeSetCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("mode"), Column.of("server"));
    private static final List<String> MODES = List.of("normal", "read-only");

    private final Session session;

    @Parameters(paramLabel = "MODE", description = "normal or read-only.")
    String mode = "";

    ModeSetCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (!MODES.contains(mode)) {
            throw Failure.usage("MODE '" + mode + "' must be normal or read-only");
        }
        if (!session.settings().dryRun()) {
            session.requireUnguarded("mode set " + mode);
        }
        Listing listing = session.output().listing("modes", COLUMNS);
        for (URI server : session.settings().servers()) {
            if (session.settings().dryRun()) {
                listing.row(mode, server);
                continue;
            }
            try (KvsClient client = session.client(server)) {
                listing.row(client.changeMode(mode), server);
            }
        }
        listing.end();
        return ExitCode.OK;
    }
}
