package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl group delete}. */
@Command(
        name = "delete",
        description = "Remove a group. Its values stay, and no group may do anything with them.",
        footer = {"", "Example:", "  kvsctl group delete cooks --yes"})
final class GroupDeleteCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("name"), Column.of("result"));

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The group's name.")
    String name = "";

    GroupDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(name, "would_delete")) {
            return ExitCode.OK;
        }
        session.requireYes("group delete removes the group " + name);
        session.access().deleteGroup(name);
        session.output().confirmation(COLUMNS, name, "deleted");
        return ExitCode.OK;
    }
}
