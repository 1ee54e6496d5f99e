package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.Rival;
import dev.kvs.wire.WireJson;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl conflict show}. */
@Command(
        name = "show",
        description = "Show one conflict: its versions, the winner first.",
        footer = {"", "Example:", "  kvsctl conflict show 01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f -o json"})
final class ConflictShowCommand implements Action {
    static final List<Column> RIVALS = List.of(
            Column.of("uuid"),
            Column.of("origin"),
            Column.of("timestamp"),
            Column.number("counter"),
            Column.of("kind"),
            Column.of("winner"),
            Column.of("kept"),
            Column.of("origin_joined").inWide(),
            Column.of("vector").inWide());

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The conflict's name on this node, as conflict list shows it.")
    String id = "";

    ConflictShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        ConflictReport conflict = session.client()
                .conflict(Arguments.uuid("ID", id))
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        ErrorCode.CONFLICT_NOT_FOUND.code(),
                        "this node knows no conflict " + id + "; kvsctl conflict list shows those it knows"));
        if (session.output().tabular()) {
            Listing listing = session.output().listing("rivals", RIVALS);
            conflict.rivals().forEach(rival -> row(listing, rival));
            listing.end();
        } else {
            session.output()
                    .document(
                            RawJson.ofUtf8(WireJson.write(conflict)),
                            RIVALS,
                            conflict.id().toString());
        }
        return ExitCode.OK;
    }

    private static void row(Listing listing, Rival rival) {
        listing.row(
                rival.uuid(),
                rival.origin(),
                Instant.ofEpochMilli(rival.timestamp()),
                rival.counter(),
                rival.kind(),
                rival.winner(),
                rival.kept(),
                Instant.ofEpochMilli(rival.originJoined()),
                rival.vector());
    }
}
