package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl token create}. */
@Command(
        name = "create",
        description = {
            "Make a token and print it; it is not shown again. It is good for no more than its owner and whoever makes"
                    + " it, and for an hour unless --ttl says otherwise.",
            "Without -o standard output gets the token and nothing else."
        },
        footer = {
            "",
            "Examples:",
            "  (umask 077; kvsctl token create --user robot --scopes read --ttl 30d --label backup > robot.token)",
            "  KVSCTL_TOKEN_FILE=robot.token kvsctl get users/ada"
        })
final class TokenCreateCommand implements Action {

    private final Session session;

    @Option(names = "--user", paramLabel = "NAME", description = "Whose token; your own without it.")
    @Nullable
    String user;

    @Option(
            names = "--scopes",
            paramLabel = "A,B",
            description = "What it is good for; all that its owner may without it.")
    @Nullable
    String scopes;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description = "How long it lives, for example 90s, 12h or 30d; at most 90d.")
    @Nullable
    String ttl;

    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    @Nullable
    String label;

    TokenCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (ttl != null) {
            Settings.duration("--ttl", ttl);
        }
        if (session.onlyShows(user == null ? "token" : user, "would_create")) {
            return ExitCode.OK;
        }
        TokenInfo token = session.access().createToken(new TokenRequest(user, label, Arguments.names(scopes), ttl));
        session.output()
                .secret(
                        text(token),
                        "Token " + token.id() + " of " + token.user() + ", good until "
                                + Instant.ofEpochMilli(token.expiresAt()) + "; it is not shown again.",
                        TokenListCommand.COLUMNS,
                        TokenListCommand.row(token));
        return ExitCode.OK;
    }

    /** The text of a token that was just made. */
    static String text(TokenInfo made) {
        String text = made.token();
        if (text == null) {
            throw Failure.of(ExitCode.SERVER_ERROR, "bad_answer", "the node made a token and did not show it");
        }
        return text;
    }
}
