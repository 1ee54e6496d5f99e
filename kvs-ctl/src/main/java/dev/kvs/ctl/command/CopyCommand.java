package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl cp}. */
@Command(
        name = "cp",
        description = {
            "Copy a document, or with -r all below a prefix, to another place. The copies are new values: whose they"
                    + " are, the policy of their place says.",
            "Exit code 5 when something is stored there already, unless --overwrite."
        },
        footer = {"", "Examples:", "  kvsctl cp users/ada staff/ada", "  kvsctl cp -r recipes archive/recipes"})
final class CopyCommand implements Action {
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

    CopyCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        return new Transfer(session, false, overwrite).run(from, to, recursive);
    }
}
