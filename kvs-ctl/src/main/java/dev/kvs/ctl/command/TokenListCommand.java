package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.TokenInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl token list}. */
@Command(
        name = "list",
        description =
                "List the tokens that are good now, the newest first: your own, or all of them for an administrator.",
        footer = {"", "Example:", "  kvsctl token list"})
final class TokenListCommand implements Action {
    static final List<Column> COLUMNS = List.of(
            Column.of("id"),
            Column.of("user"),
            Column.of("label"),
            Column.of("scopes"),
            Column.of("expires_at"),
            Column.of("issued_at").inWide(),
            Column.of("token").inNoTable());

    private final Session session;

    TokenListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Listing listing = session.output().listing("tokens", COLUMNS);
        session.access().tokens().forEach(token -> listing.row(row(token)));
        listing.end();
        return ExitCode.OK;
    }

    static @Nullable Object[] row(TokenInfo token) {
        return new @Nullable Object[] {
            token.id(),
            token.user(),
            token.label(),
            token.scopes(),
            Instant.ofEpochMilli(token.expiresAt()),
            Instant.ofEpochMilli(token.issuedAt()),
            token.token()
        };
    }
}
