package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.GroupInfo;
import dev.kvs.wire.GroupRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl group update}. */
@Command(
        name = "update",
        description =
                "Make a group consist of the users named; '' for nobody. Whoever is not named is no member any more.",
        footer = {"", "Example:", "  kvsctl group update cooks --members ada,bob"})
final class GroupUpdateCommand implements Action {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The group's name.")
    String name = "";

    @Option(names = "--members", required = true, paramLabel = "A,B", description = "The names of all its users.")
    String members = "";

    GroupUpdateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(name, "would_update")) {
            return ExitCode.OK;
        }
        GroupInfo group = session.access().updateGroup(name, new GroupRequest(null, Arguments.names(members)));
        session.output().confirmation(GroupListCommand.COLUMNS, GroupListCommand.row(group));
        return ExitCode.OK;
    }
}
