package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.PolicyInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl policy list}. */
@Command(
        name = "list",
        description = "List all policies. The first, without a prefix, holds where no other does.",
        footer = {"", "Example:", "  kvsctl policy list"})
final class PolicyListCommand implements Action {
    static final List<Column> COLUMNS = List.of(
            Column.of("prefix"), Column.of("owner"), Column.of("group"), Column.of("mode"), Column.of("value_mode"));

    private final Session session;

    PolicyListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Listing listing = session.output().listing("policies", COLUMNS);
        session.access().policies().forEach(policy -> listing.row(row(policy)));
        listing.end();
        return ExitCode.OK;
    }

    static @Nullable Object[] row(PolicyInfo policy) {
        return new @Nullable Object[] {
            policy.prefix(), policy.owner(), policy.group(), policy.mode(), policy.valueMode()
        };
    }
}
