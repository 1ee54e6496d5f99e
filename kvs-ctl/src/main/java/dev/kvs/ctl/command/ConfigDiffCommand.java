package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.ConfigReport;
import dev.kvs.wire.RawJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl config diff}. */
@Command(
        name = "diff",
        description = {
            "Show what the configurations of the nodes named by --server differ in. What every node has for itself"
                    + " (name, addresses, folders) is left out, and secrets, being masked, cannot be compared.",
            "Exit code 0 when they agree, 7 when they do not."
        },
        footer = {"", "Example:", "  kvsctl config diff -s http://10.0.0.1:8080,http://10.0.0.2:8080"})
final class ConfigDiffCommand implements Action {
    private final Session session;

    @Option(names = "--all", description = "Compare also what every node has for itself.")
    boolean all;

    ConfigDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        List<URI> servers = session.settings().servers();
        if (servers.size() < 2) {
            throw Failure.usage("--server must name two nodes at least, with a comma between them");
        }
        List<ConfigReport> configs = new ArrayList<>();
        for (URI server : servers) {
            try (KvsClient client = session.client(server)) {
                configs.add(client.config());
            }
        }
        return show(servers, configs);
    }

    private ExitCode show(List<URI> servers, List<ConfigReport> configs) {
        List<Column> columns = new ArrayList<>(List.of(Column.of("setting")));
        servers.forEach(server -> columns.add(Column.of(server.toString())));
        List<String> names = ConfigReport.differing(configs, all);
        Listing listing = session.output().listing("differences", columns);
        names.forEach(name -> listing.row(row(name, values(configs, name))));
        listing.end();
        return names.isEmpty() ? ExitCode.OK : ExitCode.FINDING;
    }

    private static List<@Nullable RawJson> values(List<ConfigReport> configs, String name) {
        List<@Nullable RawJson> values = new ArrayList<>();
        configs.forEach(config -> values.add(value(config, name)));
        return values;
    }

    private static @Nullable RawJson value(ConfigReport config, String name) {
        ConfigReport.Entry entry = config.settings().get(name);
        return entry == null ? null : entry.value();
    }

    private static @Nullable Object[] row(String name, List<@Nullable RawJson> values) {
        @Nullable Object[] row = new @Nullable Object[values.size() + 1];
        row[0] = name;
        for (int i = 0; i < values.size(); i++) {
            row[i + 1] = values.get(i);
        }
        return row;
    }
}
