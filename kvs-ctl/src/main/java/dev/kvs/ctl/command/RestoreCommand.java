package dev.kvs.ctl.command;

import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl restore}. */
@Command(
        name = "restore",
        description = "Write an old revision's document again, as a new version on top; nothing is lost by it.",
        footer = {"", "Example:", "  kvsctl restore users/ada 01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f"})
final class RestoreCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    @Parameters(index = "1", paramLabel = "UUID", description = "The revision, as kvsctl history shows it.")
    String revision = "";

    @Option(names = "--if-match", paramLabel = "UUID", description = "Only when this version is the current one.")
    @Nullable
    String ifMatch;

    RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Session.key(key);
        UUID uuid = Arguments.uuid("UUID", revision);
        WriteOptions options = Arguments.write(null, ifMatch, false, null);
        if (session.settings().dryRun()) {
            int bytes = session.client()
                    .revision(key, uuid)
                    .map(value -> value.json().utf8().length)
                    .orElseThrow(() -> Failure.of(
                            ExitCode.NOT_FOUND,
                            "revision_not_found",
                            "revision " + uuid + " of " + key + " is not kept"));
            session.output().confirmation(PutCommand.DRY_RUN, key, true, bytes);
        } else {
            PutCommand.confirm(session, key, session.client().restore(key, uuid, options));
        }
        return ExitCode.OK;
    }
}
