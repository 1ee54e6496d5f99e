package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.UserInfo;
import dev.kvs.wire.UserRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl user create}. */
@Command(
        name = "create",
        description = {
            "Make a user, who may read, write and delete documents unless --scopes says otherwise.",
            "Asks for a password, twice. Who has none cannot log in; token create makes tokens for him."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl user create ada --groups cooks",
            "  kvsctl user create robot --scopes read --no-password"
        })
final class UserCreateCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "1 to 64 small letters, digits and . _ - @ +.")
    String name = "";

    @Mixin
    final UserOptions options = new UserOptions();

    @Option(
            names = "--password-file",
            paramLabel = "FILE|-",
            description = "File that holds the password in its first line, - for standard input.")
    @Nullable
    String passwordFile;

    @Option(names = "--no-password", description = "Without a password, and without asking for one.")
    boolean noPassword;

    UserCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (noPassword && passwordFile != null) {
            throw Failure.usage("--no-password and --password-file exclude each other");
        }
        if (session.onlyShows(name, "would_create")) {
            return ExitCode.OK;
        }
        String password = noPassword ? null : new Passwords(session).fresh(name, passwordFile);
        UserRequest request = new UserRequest(name, password, options.scopes(), options.groups(), null);
        UserInfo user = session.access().createUser(request);
        session.output().confirmation(UserListCommand.COLUMNS, UserListCommand.row(user));
        return ExitCode.OK;
    }
}
