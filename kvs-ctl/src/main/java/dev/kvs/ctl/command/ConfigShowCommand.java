package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.ConfigReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl config show}. */
@Command(
        name = "show",
        description = "Show the node's configuration and where each value comes from; secrets are masked.",
        footer = {
            "",
            "Examples:",
            "  kvsctl config show",
            "  kvsctl config show sync_interval -o raw --pointer /settings/0/value"
        })
final class ConfigShowCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("setting"),
            Column.of("value"),
            Column.of("source"),
            Column.of("active").inWide());

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "SETTING", description = "Only this one.")
    @Nullable
    String name;

    ConfigShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Map<String, ConfigReport.Entry> settings = session.client().config().settings();
        if (name != null && !settings.containsKey(name)) {
            throw Failure.of(
                    ExitCode.NOT_FOUND,
                    "setting_not_found",
                    "the node has no setting '" + name + "'; leave it out for all");
        }
        Listing listing = session.output().listing("settings", COLUMNS);
        settings.forEach((setting, entry) -> {
            if (name == null || name.equals(setting)) {
                listing.row(setting, entry.value(), entry.source(), entry.active());
            }
        });
        listing.end();
        return ExitCode.OK;
    }
}
