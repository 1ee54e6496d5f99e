package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.UserInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl user list}. */
@Command(
        name = "list",
        description = "List all users.",
        footer = {"", "Example:", "  kvsctl user list -o wide"})
final class UserListCommand implements Action {
    static final List<Column> COLUMNS = List.of(
            Column.of("name"),
            Column.of("scopes"),
            Column.of("groups"),
            Column.of("password"),
            Column.of("disabled"),
            Column.of("created_at").inWide(),
            Column.of("uuid").inWide());

    private final Session session;

    UserListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Listing listing = session.output().listing("users", COLUMNS);
        session.access().users().forEach(user -> listing.row(row(user)));
        listing.end();
        return ExitCode.OK;
    }

    static @Nullable Object[] row(UserInfo user) {
        return new @Nullable Object[] {
            user.name(),
            user.scopes(),
            user.groups(),
            user.password(),
            user.disabled(),
            Instant.ofEpochMilli(user.createdAt()),
            user.uuid()
        };
    }
}
