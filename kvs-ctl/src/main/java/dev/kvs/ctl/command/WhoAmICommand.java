package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.WhoAmI;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl whoami}. */
@Command(
        name = "whoami",
        description = "Show whose token is sent, and what it is good for.",
        footer = {"", "Example:", "  kvsctl whoami -o json --pointer /scopes"})
final class WhoAmICommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("user"),
            Column.of("groups"),
            Column.of("scopes"),
            Column.of("expires_at"),
            Column.of("uuid").inWide(),
            Column.of("token").inWide());

    private final Session session;

    WhoAmICommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        WhoAmI me = session.access().whoAmI();
        session.output()
                .single(
                        COLUMNS,
                        me.user(),
                        me.groups(),
                        me.scopes(),
                        Instant.ofEpochMilli(me.expiresAt()),
                        me.uuid(),
                        me.token());
        return ExitCode.OK;
    }
}
