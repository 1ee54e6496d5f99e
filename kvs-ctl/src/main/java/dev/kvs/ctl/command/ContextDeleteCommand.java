package dev.kvs.ctl.command;

import dev.kvs.ctl.context.Context;
import dev.kvs.ctl.context.Contexts;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl context delete}. */
@Command(
        name = "delete",
        description = "Forget a context, and the token that is kept with it. Nothing changes in the cluster.",
        footer = {"", "Example:", "  kvsctl context delete staging"})
final class ContextDeleteCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("name"), Column.of("result"));

    private final Session session;

    @Parameters(paramLabel = "CONTEXT", description = "The context's name.")
    String name = "";

    ContextDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Contexts contexts = session.settings().contexts();
        Context context = ContextShowCommand.existing(contexts, name);
        if (session.onlyShows(name, "would_delete")) {
            return ExitCode.OK;
        }
        if (context.guarded()) {
            session.requireTyped("context delete forgets the protected context " + name, name);
        }
        session.contextFile().write(contexts.without(name));
        session.tokenFiles().forgetContext(name);
        session.output().confirmation(COLUMNS, name, "deleted");
        return ExitCode.OK;
    }
}
