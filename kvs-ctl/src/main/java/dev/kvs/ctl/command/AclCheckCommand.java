package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.AccessAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl acl check}. */
@Command(
        name = "check",
        description = {
            "Say whether a user may do something with a key, and which rule decides.",
            "Exit code 0 when he may, 7 when not. Only an administrator may ask about others."
        },
        footer = {"", "Example:", "  kvsctl acl check recipes/crepes --verb write --user ada"})
final class AclCheckCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("allowed"),
            Column.of("rule"),
            Column.of("key").inWide(),
            Column.of("verb").inWide());

    private static final List<String> VERBS = List.of("read", "write", "delete", "create");

    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key.")
    String key = "";

    @Option(names = "--verb", paramLabel = "VERB", description = "read (unless said), write, delete or create.")
    String verb = "read";

    @Option(names = "--user", paramLabel = "NAME", description = "Who; you without it.")
    @Nullable
    String user;

    AclCheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (!VERBS.contains(verb)) {
            throw Failure.usage("--verb '" + verb + "' must be read, write, delete or create");
        }
        AccessAnswer answer = session.access().can(user, verb, Session.key(key));
        session.output().single(COLUMNS, answer.allowed(), answer.rule(), key, verb);
        return answer.allowed() ? ExitCode.OK : ExitCode.FINDING;
    }
}
