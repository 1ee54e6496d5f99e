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

/** {@code kvsctl user update}. */
@Command(
        name = "update",
        description = {
            "Change what is named of a user; the rest stays as it is. A new password ends all tokens of the user.",
            "Everybody may change his own password."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl user update ada --scopes read,write --groups cooks",
            "  kvsctl user update ada --password"
        })
final class UserUpdateCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    String name = "";

    @Mixin
    final UserOptions options = new UserOptions();

    @Option(names = "--password", description = "Ask for a new password.")
    boolean password;

    @Option(
            names = "--password-file",
            paramLabel = "FILE|-",
            description = "File that holds the new password in its first line, - for standard input.")
    @Nullable
    String passwordFile;

    @Option(names = "--enable", description = "Take his tokens again.")
    boolean enable;

    @Option(names = "--disable", description = "Refuse his tokens.")
    boolean disable;

    UserUpdateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (enable && disable) {
            throw Failure.usage("--enable and --disable exclude each other");
        }
        boolean changesPassword = password || passwordFile != null;
        if (!changesPassword && options.scopes() == null && options.groups() == null && !enable && !disable) {
            throw Failure.usage(
                    "name what shall change: --scopes, --groups, --password, --password-file, --enable or --disable");
        }
        if (session.onlyShows(name, "would_update")) {
            return ExitCode.OK;
        }
        String fresh = changesPassword ? new Passwords(session).fresh(name, passwordFile) : null;
        Boolean disabled = (enable || disable) ? disable : null;
        UserRequest request = new UserRequest(null, fresh, options.scopes(), options.groups(), disabled);
        UserInfo user = session.access().updateUser(name, request);
        session.output().confirmation(UserListCommand.COLUMNS, UserListCommand.row(user));
        return ExitCode.OK;
    }
}
