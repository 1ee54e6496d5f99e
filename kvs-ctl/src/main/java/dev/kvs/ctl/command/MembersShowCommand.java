package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MemberInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl members show}. */
@Command(
        name = "show",
        description = "Show one member as the node sees it.",
        footer = {"", "Example:", "  kvsctl members show node-2 -o json"})
final class MembersShowCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "MEMBER", description = "The member's name.")
    String id = "";

    MembersShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        MemberInfo member = session.client()
                .member(id)
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        ErrorCode.MEMBER_NOT_FOUND.code(),
                        "no member '" + id + "' is known; kvsctl members list shows them"));
        session.output().single(MembersListCommand.COLUMNS, MembersListCommand.row(member));
        return ExitCode.OK;
    }
}
