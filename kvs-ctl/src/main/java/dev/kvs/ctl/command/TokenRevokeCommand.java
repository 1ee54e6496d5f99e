package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl token revoke}. */
@Command(
        name = "revoke",
        description = {
            "End a token, or all that a user has: at once on the node that is asked, within moments on the others."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl token revoke 01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f --yes",
            "  kvsctl token revoke --user ada --yes"
        })
final class TokenRevokeCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("id"), Column.of("result"));
    private static final List<Column> OF_USER = List.of(Column.of("user"), Column.of("result"));

    private final Session session;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The token's id, as token list shows it.")
    @Nullable
    String id;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Every token of this user instead, the one in use too when it is his.")
    @Nullable
    String user;

    TokenRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (id != null && user == null) {
            return revoke(id);
        }
        if (user != null && id == null) {
            return revokeAll(user);
        }
        throw Failure.usage("token revoke takes the ID of a token, or --user NAME for all that a user has");
    }

    private ExitCode revoke(String token) {
        UUID uuid = Arguments.uuid("ID", token);
        if (session.onlyShows(token, "would_revoke")) {
            return ExitCode.OK;
        }
        session.requireYes("token revoke ends the token " + token);
        session.access().revokeToken(uuid);
        session.output().confirmation(COLUMNS, uuid, "revoked");
        return ExitCode.OK;
    }

    private ExitCode revokeAll(String name) {
        if (session.onlyShows(name, "would_revoke")) {
            return ExitCode.OK;
        }
        session.requireYes("token revoke --user ends every token of " + name);
        session.access().revokeTokens(name);
        session.output().confirmation(OF_USER, name, "revoked");
        return ExitCode.OK;
    }
}
