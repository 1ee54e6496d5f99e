package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    final Transfer transfer;

    CopyCommand(Session session) {
        transfer = new Transfer(session, false);
    }

    @Override
    public ExitCode run() {
        return transfer.run();
    }
}
