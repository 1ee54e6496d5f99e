package dev.kvs.ctl.command;

import dev.kvs.ctl.context.Context;
import dev.kvs.ctl.context.Contexts;
import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl context use}. */
@Command(
        name = "use",
        description =
                "Let a context count for all commands that name no other. Exit code 3 when there is none so named.",
        footer = {"", "Example:", "  kvsctl context use staging"})
final class ContextUseCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "CONTEXT", description = "The context's name.")
    String name = "";

    ContextUseCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Contexts contexts = session.settings().contexts();
        Context context = ContextShowCommand.existing(contexts, name);
        if (session.onlyShows(name, "would_use")) {
            return ExitCode.OK;
        }
        Contexts changed = contexts.use(name);
        session.contextFile().write(changed);
        session.output().confirmation(ContextListCommand.COLUMNS, ContextListCommand.row(changed, context));
        return ExitCode.OK;
    }
}
