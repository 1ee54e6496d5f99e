package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    final Transfer transfer;

    MoveCommand(Session session) {
        transfer = new Transfer(session, true);
    }

    @Override
    public ExitCode run() {
        return transfer.run();
    }
}
