package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.GroupInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl group list}. */
@Command(
        name = "list",
        description = "List all groups.",
        footer = {"", "Example:", "  kvsctl group list"})
final class GroupListCommand implements Action {
    static final List<Column> COLUMNS = List.of(
            Column.of("name"),
            Column.of("members"),
            Column.of("created_at").inWide(),
            Column.of("uuid").inWide());

    private final Session session;

    GroupListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Listing listing = session.output().listing("groups", COLUMNS);
        session.access().groups().forEach(group -> listing.row(row(group)));
        listing.end();
        return ExitCode.OK;
    }

    static @Nullable Object[] row(GroupInfo group) {
        return new @Nullable Object[] {
            group.name(), group.members(), Instant.ofEpochMilli(group.createdAt()), group.uuid()
        };
    }
}
