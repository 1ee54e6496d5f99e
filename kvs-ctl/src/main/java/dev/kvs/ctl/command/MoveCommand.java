package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl mv}. */
@Command(
        name = "mv",
        description = {
            "Move a document, or with -r all below a prefix, to another place: each at once, or not at all. What is"
                    + " moved is a new value: its history stays behind.",
            "Exit code 5 when something is stored there already, unless --overwrite."
        },
        footer = {"", "Examples:", "  kvsctl mv users/ada staff/ada", "  kvsctl mv -r recipes archive/recipes"})
final class MoveCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "KEY", description = "From where; with -r, a prefix.")
    String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The key it gets; with -r, the prefix.")
    String to = "";

    @Option(
            names = {"-r", "--recursive"},
            description = "Every key below the prefix.")
    boolean recursive;

    @Option(names = "--overwrite", description = "Replace what is stored there.")
    boolean overwrite;

    MoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        return new Transfer(session, true, overwrite).run(from, to, recursive);
    }
}
