package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl exists}. */
@Command(
        name = "exists",
        description = "End with 0 when something is stored under a key, and with 3 when nothing is. Prints nothing.",
        footer = {"", "Example:", "  kvsctl exists locks/nightly || kvsctl put locks/nightly 1 --if-absent"})
final class ExistsCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    ExistsCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        return session.client().exists(Session.key(key)) ? ExitCode.OK : ExitCode.NOT_FOUND;
    }
}
