package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.WireJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl explain}. */
@Command(
        name = "explain",
        description =
                "Tell why a key stands for the version it stands for, step by step, and how to bring others back.",
        footer = {"", "Examples:", "  kvsctl explain users/ada", "  kvsctl conflict explain users/ada -o json"})
final class ExplainCommand implements Action {
    private static final List<Column> STEPS = List.of(Column.number("step"), Column.of("text"));

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Explanation told = session.client()
                .explain(Session.key(key))
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        ErrorCode.NOT_FOUND.code(),
                        "nothing is known of " + key + ", not even a delete"));
        if (session.output().tabular()) {
            steps(told);
        } else {
            session.output().document(RawJson.ofUtf8(WireJson.write(told)), STEPS, told.key());
        }
        return ExitCode.OK;
    }

    private void steps(Explanation told) {
        Listing listing = session.output().listing("steps", STEPS);
        int number = 0;
        for (String step : told.steps()) {
            listing.row(++number, step);
        }
        for (Explanation.Restoring restoring : told.restore()) {
            listing.row(++number, "To bring back " + restoring.revision() + ": " + restoring.curl());
        }
        listing.end();
    }
}
