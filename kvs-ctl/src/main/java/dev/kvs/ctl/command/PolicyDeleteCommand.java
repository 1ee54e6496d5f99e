package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl policy delete}. */
@Command(
        name = "delete",
        description = "Remove the policy of a prefix; the next shorter one holds then. Values keep what they have.",
        footer = {"", "Example:", "  kvsctl policy delete recipes --yes"})
final class PolicyDeleteCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("prefix"), Column.of("result"));

    private final Session session;

    @Parameters(paramLabel = "PREFIX", description = "The prefix.")
    String prefix = "";

    PolicyDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(prefix, "would_delete")) {
            return ExitCode.OK;
        }
        session.requireYes("policy delete removes the policy of " + prefix);
        session.access().deletePolicy(prefix);
        session.output().confirmation(COLUMNS, prefix, "deleted");
        return ExitCode.OK;
    }
}
