package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl user delete}. */
@Command(
        name = "delete",
        description =
                "Remove a user and all his tokens. His values stay, and belong to nobody; whoever has no use for that"
                        + " disables the user instead.",
        footer = {"", "Example:", "  kvsctl user delete ada --yes"})
final class UserDeleteCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("name"), Column.of("result"));

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    String name = "";

    UserDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(name, "would_delete")) {
            return ExitCode.OK;
        }
        session.requireYes("user delete removes the user " + name + " and all his tokens");
        session.access().deleteUser(name);
        session.output().confirmation(COLUMNS, name, "deleted");
        return ExitCode.OK;
    }
}
