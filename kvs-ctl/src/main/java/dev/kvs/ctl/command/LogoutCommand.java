package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.ErrorCode;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl logout}. */
@Command(
        name = "logout",
        description = {
            "Revoke the token that login got and forget it.",
            "Exit code 3 when there is none for this server."
        },
        footer = {"", "Example:", "  kvsctl logout"})
final class LogoutCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("server"), Column.of("result"));

    private final Session session;

    LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        List<URI> servers = session.settings().servers();
        URI server = servers.getFirst();
        String token = session.tokenFiles()
                .of(server)
                .orElseThrow(() -> Failure.of(ExitCode.NOT_FOUND, "not_logged_in", "nobody is logged in at " + server));
        if (session.onlyShows(server.toString(), "would_log_out")) {
            return ExitCode.OK;
        }
        boolean revoked = revoke(token);
        session.tokenFiles().forget(servers);
        session.output().confirmation(COLUMNS, server, revoked ? "revoked" : "forgotten");
        return ExitCode.OK;
    }

    /** Whether there was something to revoke: a token that the node refuses is worth nothing already. */
    private boolean revoke(String token) {
        try (KvsClient client = session.clientWith(token)) {
            client.access().revokeToken(client.access().whoAmI().token());
            return true;
        } catch (KvsClientException.Refused refused) {
            if (refused.is(ErrorCode.UNAUTHORIZED)) {
                return false;
            }
            throw refused;
        }
    }
}
