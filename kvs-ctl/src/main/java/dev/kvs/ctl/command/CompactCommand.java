package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;

/** {@code kvsctl compact}. */
@Command(
        name = "compact",
        description = "Let the node give back the space of what was replaced and deleted; it takes requests meanwhile.",
        footer = {"", "Example:", "  kvsctl compact --timeout 5m"})
final class CompactCommand implements Action {
    private final Session session;

    CompactCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (!session.onlyShows(session.settings().servers().getFirst().toString(), "would_compact")) {
            session.client().compact();
        }
        return ExitCode.OK;
    }
}
