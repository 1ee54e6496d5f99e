package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Metadata;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl acl get}. */
@Command(
        name = "get",
        description = "Show whose a value is, who may do what with it, and when it expires.",
        footer = {"", "Example:", "  kvsctl acl get recipes/crepes"})
final class AclGetCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("key"),
            Column.of("owner"),
            Column.of("group"),
            Column.of("mode"),
            Column.of("expires_at"),
            Column.number("size").inWide(),
            Column.of("timestamp").inWide(),
            Column.of("origin").inWide(),
            Column.of("uuid").inWide(),
            Column.number("permissions").inNoTable());

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key.")
    String key = "";

    AclGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Metadata metadata = session.access()
                .metadata(Session.key(key))
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND, ErrorCode.NOT_FOUND.code(), "nothing is stored at '" + key + "'"));
        Long expiresAt = metadata.expiresAt();
        session.output()
                .single(
                        COLUMNS,
                        metadata.key(),
                        metadata.owner(),
                        metadata.group(),
                        metadata.mode(),
                        expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                        metadata.size(),
                        Instant.ofEpochMilli(metadata.timestamp()),
                        metadata.origin(),
                        metadata.uuid(),
                        metadata.permissions());
        return ExitCode.OK;
    }
}
