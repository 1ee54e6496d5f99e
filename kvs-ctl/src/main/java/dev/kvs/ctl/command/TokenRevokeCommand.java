package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl token revoke}. */
@Command(
        name = "revoke",
        description = "End a token: at once on the node that is asked, within moments on the others.",
        footer = {"", "Example:", "  kvsctl token revoke 01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f --yes"})
final class TokenRevokeCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("id"), Column.of("result"));

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The token's id, as token list shows it.")
    String id = "";

    TokenRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        UUID uuid = Arguments.uuid("ID", id);
        if (session.onlyShows(id, "would_revoke")) {
            return ExitCode.OK;
        }
        session.requireYes("token revoke ends the token " + id);
        session.access().revokeToken(uuid);
        session.output().confirmation(COLUMNS, uuid, "revoked");
        return ExitCode.OK;
    }
}
