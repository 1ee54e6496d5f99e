package dev.kvs.ctl.command;

import dev.kvs.ctl.context.Context;
import dev.kvs.ctl.context.Contexts;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl context list}. */
@Command(
        name = "list",
        description = "Show the contexts that are kept, and which counts when no other is named.",
        footer = {"", "Example:", "  kvsctl context list"})
final class ContextListCommand implements Action {
    /** What every command about contexts shows of one. */
    static final List<Column> COLUMNS = List.of(
            Column.of("name"),
            Column.of("current"),
            Column.of("server"),
            Column.of("protected"),
            Column.of("cacert").inWide(),
            Column.of("token_file").inWide());

    private final Session session;

    ContextListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Contexts contexts = session.settings().contexts();
        Listing listing = session.output().listing("contexts", COLUMNS).before("current", contexts.current());
        for (Context context : contexts.all()) {
            listing.row(row(contexts, context));
        }
        listing.end();
        return ExitCode.OK;
    }

    /** The values of {@link #COLUMNS}. */
    static Object[] row(Contexts contexts, Context context) {
        return new Object[] {
            context.name(),
            context.name().equals(contexts.current()),
            context.server(),
            context.guarded(),
            context.caCert(),
            context.tokenFile()
        };
    }
}
