package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.GroupInfo;
import dev.kvs.wire.GroupRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl group create}. */
@Command(
        name = "create",
        description = "Make a group.",
        footer = {"", "Example:", "  kvsctl group create cooks --members ada,bob"})
final class GroupCreateCommand implements Action {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "1 to 64 small letters, digits and . _ - @ +.")
    String name = "";

    @Option(names = "--members", paramLabel = "A,B", description = "The names of its users.")
    @Nullable
    String members;

    GroupCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(name, "would_create")) {
            return ExitCode.OK;
        }
        GroupInfo group = session.access().createGroup(new GroupRequest(name, Arguments.names(members)));
        session.output().confirmation(GroupListCommand.COLUMNS, GroupListCommand.row(group));
        return ExitCode.OK;
    }
}
