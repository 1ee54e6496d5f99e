package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.UserInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl user show}. */
@Command(
        name = "show",
        description = "Show a user.",
        footer = {"", "Example:", "  kvsctl user show ada"})
final class UserShowCommand implements Action {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    String name = "";

    UserShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        UserInfo user = session.access()
                .user(name)
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        ErrorCode.USER_NOT_FOUND.code(),
                        "there is no user '" + name + "'; kvsctl user list shows them"));
        session.output().single(UserListCommand.COLUMNS, UserListCommand.row(user));
        return ExitCode.OK;
    }
}
