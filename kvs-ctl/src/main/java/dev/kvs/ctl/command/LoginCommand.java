package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.TokenInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl login}. */
@Command(
        name = "login",
        description = {
            "Log in with a password: get a token from the node and keep it, readable by you alone, for the commands"
                + " that follow. It is sent to the servers named by --server and to no others, until it expires or you"
                + " log out.",
            "Programs should have tokens of their own (token create)."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl login ada",
            "  kvsctl login ada --password-file secret.txt -s http://10.0.0.2:8080"
        })
final class LoginCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("user"),
            Column.of("server"),
            Column.of("expires_at"),
            Column.of("scopes").inWide());

    private final Session session;

    @Parameters(paramLabel = "USER", description = "The user's name.")
    String user = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE|-",
            description = "File that holds the password in its first line, - for standard input; asked for without it.")
    @Nullable
    String passwordFile;

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (session.onlyShows(user, "would_log_in")) {
            return ExitCode.OK;
        }
        List<URI> servers = session.settings().servers();
        session.tokenFiles().checkPlace(servers);
        String password = new Passwords(session).known(user, passwordFile);
        TokenInfo token;
        try (KvsClient client = session.clientWith(null)) {
            token = client.access().login(user, password);
        }
        keep(servers, token);
        session.output()
                .confirmation(
                        COLUMNS,
                        token.user(),
                        servers.getFirst(),
                        Instant.ofEpochMilli(token.expiresAt()),
                        token.scopes());
        return ExitCode.OK;
    }

    /** A token that cannot be kept is of no use to anybody here, and is not left behind on the server. */
    private void keep(List<URI> servers, TokenInfo token) {
        String text = TokenCreateCommand.text(token);
        try {
            session.tokenFiles().keep(servers, text);
        } catch (Failure notKept) {
            try (KvsClient client = session.clientWith(text)) {
                client.access().revokeToken(token.id());
            } catch (KvsClientException notRevoked) {
                session.output()
                        .note("kvsctl: the token " + token.id() + " could not be revoked either: "
                                + notRevoked.getMessage());
            }
            throw notKept;
        }
    }
}
