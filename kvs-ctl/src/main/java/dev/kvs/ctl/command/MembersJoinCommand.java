package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.JoinReport;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl members join}. */
@Command(
        name = "join",
        description = {
            "Let the node named by --server ask to be let into the cluster of another node, and wait for the answer."
                    + " For a lasting way in name that node in seed_nodes.",
            "Exit code 7 when it was not let in; it goes on asking until it is stopped."
        },
        footer = {"", "Example:", "  kvsctl members join http://10.0.0.1:8080 -s http://10.0.0.3:8080"})
final class MembersJoinCommand implements Action {
    private static final List<Column> COLUMNS =
            List.of(Column.of("node_id"), Column.of("address"), Column.of("joined"), Column.of("detail"));

    /** The node waits 10 s for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Session session;

    @Parameters(paramLabel = "URL", description = "The other node: host:port, or its URL.")
    String url = "";

    MembersJoinCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.settings().servers().size() > 1) {
            throw Failure.usage("--server names several nodes; name the one that shall join");
        }
        if (session.onlyShows(session.settings().servers().getFirst().toString(), "would_join")) {
            return ExitCode.OK;
        }
        String address = url.replaceFirst("^https?://", "");
        if (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        try (KvsClient client = session.patientClient(PATIENCE)) {
            JoinReport report = client.join(address);
            session.output().single(COLUMNS, report.nodeId(), report.address(), report.joined(), report.detail());
            return report.joined() ? ExitCode.OK : ExitCode.FINDING;
        }
    }
}
