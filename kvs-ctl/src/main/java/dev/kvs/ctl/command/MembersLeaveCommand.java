package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.LeaveReport;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl members leave}. */
@Command(
        name = "leave",
        description = {
            "Take the node out of its cluster. It goes read-only, waits up to half a minute until another member holds"
                    + " all that it holds, says goodbye, and stays up until it is stopped; a restart brings it back.",
            "Exit code 7 when no other member is known to hold everything."
        },
        footer = {"", "Example:", "  kvsctl members leave -s http://10.0.0.3:8080 --yes"})
final class MembersLeaveCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("node_id"),
            Column.of("left"),
            Column.of("covered_by"),
            Column.number("behind"),
            Column.of("detail"));

    /** Half a minute for somebody to catch up, and what a goodbye takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final Session session;

    MembersLeaveCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.settings().servers().size() > 1) {
            throw Failure.usage("--server names several nodes; name the one that shall leave");
        }
        String server = session.settings().servers().getFirst().toString();
        if (session.onlyShows(server, "would_leave")) {
            return ExitCode.OK;
        }
        session.requireYes("members leave takes the node at " + server + " out of its cluster");
        try (KvsClient client = session.patientClient(PATIENCE)) {
            LeaveReport report = client.leave();
            session.output()
                    .single(
                            COLUMNS,
                            report.nodeId(),
                            report.left(),
                            report.coveredBy(),
                            report.behind(),
                            report.detail());
            return report.coveredBy() == null ? ExitCode.FINDING : ExitCode.OK;
        }
    }
}
