package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl doctor}. */
@Command(
        name = "doctor",
        description = {
            "Look at every node named by --server for whatever could be wrong: whether it is reached, encrypted and"
                    + " takes you in, clocks, versions, configurations, disk, divergence, and the audit log.",
            "Every finding names what mends it. Exit code 0 when nothing was found, 7 when something was, 6 when no"
                    + " node answers."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl doctor",
            "  kvsctl doctor -s http://10.0.0.1:8080,http://10.0.0.2:8080 --all"
        })
final class DoctorCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("check"), Column.of("status"), Column.of("server"), Column.of("detail"), Column.of("fix"));

    private final Session session;

    @Option(names = "--all", description = "Show also what was looked at and is as it should be.")
    boolean all;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Checkup checkup = new Checkup(session);
        List<Checkup.Result> results = checkup.run();
        List<Checkup.Result> findings =
                results.stream().filter(Checkup.Result::isFinding).toList();
        Listing listing = session.output().listing("results", COLUMNS);
        for (Checkup.Result result : results) {
            if (all || !result.status().equals("ok")) {
                listing.row(result.check(), result.status(), result.server(), result.detail(), result.fix());
            }
        }
        listing.end("findings", findings.size());
        if (checkup.reached() == 0) {
            return ExitCode.UNREACHABLE;
        }
        int count = findings.size();
        session.output().note(count == 0 ? "Nothing was found." : count == 1 ? "One finding." : count + " findings.");
        return findings.isEmpty() ? ExitCode.OK : ExitCode.FINDING;
    }
}
