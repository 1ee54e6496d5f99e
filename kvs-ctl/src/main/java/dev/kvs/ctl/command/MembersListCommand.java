package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.MemberInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl members list}. */
@Command(
        name = "list",
        description = {
            "List the members of the cluster as the node sees them.",
            "Exit code 0 when all are alive, 7 when any is suspect or has failed."
        },
        footer = {"", "Example:", "  kvsctl members list -o wide"})
final class MembersListCommand implements Action {
    static final List<Column> COLUMNS = List.of(
            Column.of("id"),
            Column.of("state"),
            Column.of("mode"),
            Column.of("address"),
            Column.number("lag"),
            Column.of("last_seen"),
            Column.of("joined_timestamp").inWide(),
            Column.of("version").inWide(),
            Column.of("self").inWide());

    private final Session session;

    MembersListCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        List<MemberInfo> members = session.client().members();
        Listing listing = session.output().listing("members", COLUMNS);
        members.forEach(member -> listing.row(row(member)));
        listing.end();
        boolean well = members.stream()
                .allMatch(member -> member.state().equals(MemberInfo.ALIVE)
                        || member.state().equals(MemberInfo.LEFT));
        return well ? ExitCode.OK : ExitCode.FINDING;
    }

    static @Nullable Object[] row(MemberInfo member) {
        return new @Nullable Object[] {
            member.id(),
            member.state(),
            member.mode(),
            member.address(),
            member.lag(),
            Instant.ofEpochMilli(member.lastSeen()),
            Instant.ofEpochMilli(member.joinedTimestamp()),
            member.version(),
            member.self()
        };
    }
}
