package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.GroupInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl group show}. */
@Command(
        name = "show",
        description = "Show a group.",
        footer = {"", "Example:", "  kvsctl group show cooks"})
final class GroupShowCommand implements Action {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The group's name.")
    String name = "";

    GroupShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        GroupInfo group = session.access()
                .group(name)
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        ErrorCode.GROUP_NOT_FOUND.code(),
                        "there is no group '" + name + "'; kvsctl group list shows them"));
        session.output().single(GroupListCommand.COLUMNS, GroupListCommand.row(group));
        return ExitCode.OK;
    }
}
