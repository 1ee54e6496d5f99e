package dev.kvs.ctl.command;

import dev.kvs.ctl.context.Context;
import dev.kvs.ctl.context.Contexts;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl context show}. */
@Command(
        name = "show",
        description = "Show one context, or the one that counts now. Exit code 3 when there is none.",
        footer = {"", "Examples:", "  kvsctl context show", "  kvsctl context show production -o yaml"})
final class ContextShowCommand implements Action {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "CONTEXT", description = "The context's name.")
    @Nullable
    String name;

    ContextShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Contexts contexts = session.settings().contexts();
        Context context = name == null
                ? session.settings()
                        .context()
                        .orElseThrow(() -> Failure.of(
                                ExitCode.NOT_FOUND,
                                "context_not_found",
                                "no context counts now; kvsctl context use names one"))
                : existing(contexts, name);
        session.output().single(ContextListCommand.COLUMNS, ContextListCommand.row(contexts, context));
        return ExitCode.OK;
    }

    /** The context of this name; else {@link Failure} with {@link ExitCode#NOT_FOUND}. */
    static Context existing(Contexts contexts, String name) {
        return contexts.find(name)
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND,
                        "context_not_found",
                        "there is no context '" + name + "'; kvsctl context list shows those there are"));
    }
}
